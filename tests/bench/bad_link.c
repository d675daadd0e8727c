/* A bad radio link between two network namespaces, in user space: two TUN devices, packets carried both ways with a
   rate (serialised, bounded queue), a one-way delay and random loss. Counts every IP byte.
   usage: bad_link NS_A NS_B rate_bit_s one_way_ms loss queue_bytes seed
   Says "ready" on standard error; SIGUSR1 prints the counters as JSON, SIGTERM prints them and ends it. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

struct packet { struct packet *next; double at; int length, lost; unsigned char bytes[2048]; };
struct way { struct packet *head, *tail; double busy; long queued; unsigned long bytes, packets, lost, dropped; int from, to; };

static struct way ways[2];
static volatile sig_atomic_t asked, ending;

static void on_signal(int number) { if (number == SIGUSR1) asked = 1; else ending = 1; }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static int open_device(const char *space, const char *name) {
    char path[256];
    struct ifreq request;
    snprintf(path, sizeof path, "/var/run/netns/%s", space);
    int entered = open(path, O_RDONLY);
    if (entered < 0 || setns(entered, CLONE_NEWNET)) { perror(path); exit(1); }
    int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
    memset(&request, 0, sizeof request);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (ioctl(device, TUNSETIFF, &request)) { perror("TUNSETIFF"); exit(1); }
    close(entered);
    return device;
}

static void take(struct way *way, double rate, double delay, double loss, long limit) {
    for (int i = 0; i < 64; i++) {
        struct packet *p = malloc(sizeof *p);
        p->length = read(way->from, p->bytes, sizeof p->bytes);
        if (p->length <= 0) { free(p); return; }
        way->bytes += p->length;
        way->packets++;
        if (way->queued + p->length > limit) { way->dropped++; free(p); continue; }
        double at = now();
        way->busy = (way->busy > at ? way->busy : at) + p->length * 8 / rate;
        way->queued += p->length;
        p->lost = drand48() < loss;
        way->lost += p->lost;
        p->at = way->busy + delay;
        p->next = NULL;
        if (way->tail) way->tail->next = p; else way->head = p;
        way->tail = p;
    }
}

static void give(struct way *way) {
    while (way->head && way->head->at <= now()) {
        struct packet *p = way->head;
        way->head = p->next;
        if (!way->head) way->tail = NULL;
        way->queued -= p->length;
        if (!p->lost && write(way->to, p->bytes, p->length) < 0) way->dropped++;
        free(p);
    }
}

int main(int count, char **argument) {
    if (count != 8) return 2;
    double rate = atof(argument[3]), delay = atof(argument[4]) / 1e3, loss = atof(argument[5]);
    long limit = atol(argument[6]);
    srand48(atol(argument[7]));
    int a = open_device(argument[1], "a0"), b = open_device(argument[2], "b0");
    ways[0].from = ways[1].to = a;
    ways[0].to = ways[1].from = b;
    signal(SIGUSR1, on_signal);
    signal(SIGTERM, on_signal);
    fprintf(stderr, "ready\n");
    while (!ending) {
        double wait = 0.5, t = now();
        for (int i = 0; i < 2; i++) if (ways[i].head && ways[i].head->at - t < wait) wait = ways[i].head->at - t;
        if (wait < 0) wait = 0;
        struct timespec pause = {(long)wait, (long)((wait - (long)wait) * 1e9)};
        struct pollfd both[2] = {{a, POLLIN, 0}, {b, POLLIN, 0}};
        ppoll(both, 2, &pause, NULL);
        for (int i = 0; i < 2; i++) { take(&ways[i], rate, delay, loss, limit); give(&ways[i]); }
        if (asked || ending) {
            asked = 0;
            printf("{\"up\": %lu, \"down\": %lu, \"lost\": %lu, \"dropped\": %lu}\n", ways[0].bytes, ways[1].bytes,
                   ways[0].lost + ways[1].lost, ways[0].dropped + ways[1].dropped);
            fflush(stdout);
        }
    }
    return 0;
}
