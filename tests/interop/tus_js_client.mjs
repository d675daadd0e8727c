// Uploads one file with tus-js-client: node tus_js_client.mjs ENDPOINT TOKEN FILE SHA256
import { createReadStream, statSync } from "node:fs";
import { Upload } from "tus-js-client";

const [endpoint, token, file, sha256] = process.argv.slice(2);
const upload = new Upload(createReadStream(file), {
  endpoint,
  headers: { Authorization: `Bearer ${token}` },
  metadata: { sha256 },
  uploadSize: statSync(file).size,
  chunkSize: 64 * 1024,
  retryDelays: Array(60).fill(250),
  onShouldRetry: () => (console.log("retry"), true),
  onChunkComplete: (_size, accepted) => console.log(`accepted ${accepted}`),
  onSuccess: () => console.log("done"),
  onError: (error) => (console.log(`failed ${error}`), process.exit(1)),
});
upload.start();
