// The S3 server of the tests: s3rver, behind a check of signatures (AWS Signature Version 4), which it does not do itself.
//   node s3.cjs MODULE DIR     serves DIR with the s3rver in MODULE, and prints its address
const { createHash, createHmac } = require("node:crypto");
const { createServer, request: ask } = require("node:http");

const [place, directory] = process.argv.slice(2);
const S3rver = require(place);
const SECRET = "S3RVER";

const hmac = (key, text) => createHmac("sha256", key).update(text).digest();
const field = (text, name) => new RegExp(`${name}=([^,]+)`).exec(text)?.[1] ?? "";

/** As the signature wants names and values of a query, however they came. */
const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Whether the request was signed with the secret: worked out anew from the request as it came. */
function isSigned({ method, url, headers }) {
  const given = headers.authorization;
  if (!given) return false;
  const [, date, region, service] = field(given, "Credential").split("/");
  const signed = field(given, "SignedHeaders");
  const [path, query = ""] = url.split("?");
  const pairs = [...new URLSearchParams(query)].map((pair) => pair.map(encoded).join("="));
  const lines = signed.split(";").map((name) => `${name}:${(headers[name] ?? "").trim()}\n`);
  const whole = [method, path, pairs.sort().join("&"), lines.join(""), signed, headers["x-amz-content-sha256"]].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, createHash("sha256").update(whole).digest("hex")].join("\n");
  const key = [date, region, service, "aws4_request"].reduce(hmac, `AWS4${SECRET}`);
  return hmac(key, text).toString("hex") === field(given, "Signature");
}

const inner = new S3rver({
  port: 0,
  address: "127.0.0.1",
  silent: true,
  vhostBuckets: false,
  directory,
  configureBuckets: [{ name: "jianghai", configs: [] }],
});

inner.run().then(({ port }) => {
  const server = createServer((request, response) => {
    if (!isSigned(request)) {
      request.resume();
      response.writeHead(403, { "content-type": "application/xml" });
      response.end("<Error><Code>SignatureDoesNotMatch</Code><Message>The signature does not match.</Message></Error>");
      return;
    }
    const { method, url, headers } = request;
    const onward = ask({ port, host: "127.0.0.1", method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
});
process.on("SIGTERM", () => process.exit(0));
