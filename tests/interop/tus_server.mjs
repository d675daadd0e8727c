// A tus server by other people behind TLS: node tus_server.mjs CERTIFICATE_AND_KEY FOLDER
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const [pem, directory] = process.argv.slice(2);
const tus = new Server({ path: "/v1/papers", datastore: new FileStore({ directory }), relativeLocation: true });
const text = readFileSync(pem);
const server = createServer({ key: text, cert: text }, (request, response) => tus.handle(request, response));
server.listen(0, "127.0.0.1", () => console.log(`READY https://127.0.0.1:${server.address().port}`));
