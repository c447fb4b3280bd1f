import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Something that goes wrong while the fake hub answers. */
export interface Fault {
  /** Which kind of request; `cdn` is the second server, which sends the bytes of large files. */
  readonly on: "list" | "head" | "get" | "cdn";
  /** Only for this file. */
  readonly file?: string;
  /** How many requests it hits. Default: all. */
  times?: number;
  /** Answer with this status and headers instead. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answer with this body instead. */
  readonly body?: string;
  /** Cut the connection after so many bytes of the body. */
  readonly dropAfter?: number;
  /** Send so many bytes of the body and then nothing, keeping the connection open. */
  readonly stallAfter?: number;
  /** Send other bytes of the same length. */
  readonly corrupt?: boolean;
  /** Announce this size in the headers of HEAD. */
  readonly announce?: number;
  /** Ignore `Range` and send everything. */
  readonly ignoreRange?: boolean;
}

export interface FakeRequest {
  readonly on: Fault["on"];
  readonly path: string;
  readonly file: string | undefined;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
}

export interface FakeRepo {
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** Files can be had with this token only. */
  readonly gatedBy?: string;
  /** The whole repository answers 307 to this id, as after a rename. */
  readonly movedTo?: string;
  /** Names that the listing shows although there are no such files. */
  readonly phantoms?: readonly string[];
}

export interface FakeHub {
  readonly endpoint: string;
  readonly cdn: string;
  readonly repos: Map<string, FakeRepo>;
  faults: Fault[];
  /** Every request so far, oldest first. */
  readonly requests: FakeRequest[];
  close(): Promise<void>;
}

/** Large files are those whose content is a Buffer; they come from the CDN by redirect. */
export function etagOf(content: string | Buffer): string {
  if (typeof content !== "string") return createHash("sha256").update(content).digest("hex");
  const bytes = Buffer.from(content);
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** A commit hash that changes with the content. */
export function commitOf({ files }: FakeRepo): string {
  return createHash("sha1")
    .update(JSON.stringify(Object.entries(files).map(([name, content]) => [name, etagOf(content)])))
    .digest("hex");
}

/** Starts a hub and its CDN on two ports of this machine. */
export async function startFakeHub(repos: Readonly<Record<string, FakeRepo>>): Promise<FakeHub> {
  const answer = (handle: (request: IncomingMessage, response: ServerResponse) => void) =>
    createServer((request, response) => {
      response.on("error", () => undefined);
      handle(request, response);
    });
  const hubServer = answer((request, response) => serveHub(hub, request, response));
  const cdnServer = answer((request, response) => serveCdn(hub, request, response));
  const hub: FakeHub = {
    endpoint: await listen(hubServer),
    cdn: await listen(cdnServer),
    repos: new Map(Object.entries(repos)),
    faults: [],
    requests: [],
    async close() {
      for (const server of [hubServer, cdnServer]) {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }
    },
  };
  return hub;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

function note(hub: FakeHub, on: Fault["on"], request: IncomingMessage, file?: string): Fault | undefined {
  const { authorization, range } = request.headers;
  hub.requests.push({ on, path: request.url ?? "", file, authorization, range });
  const fault = hub.faults.find((fault) => {
    return fault.on === on && (fault.file ?? file) === file && (fault.times ?? 1) > 0;
  });
  if (fault?.times !== undefined) fault.times--;
  return fault;
}

/** Handlers return what they have answered on. */
type Sent = ServerResponse;

function reply(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>): Sent {
  return response.writeHead(status, headers).end();
}

function serveHub(hub: FakeHub, request: IncomingMessage, response: ServerResponse): Sent {
  const path = new URL(request.url ?? "", hub.endpoint).pathname;
  const list = /^\/api\/models\/(.+)\/revision\/([^/]+)$/.exec(path);
  const file = /^\/(.+?)\/resolve\/([^/]+)\/(.+)$/.exec(path);
  const [, id = "", revision = "", name] = list ?? file ?? [];
  const on = list !== null ? "list" : request.method === "HEAD" ? "head" : "get";
  const fileName = name === undefined ? undefined : decodeURIComponent(name);
  const fault = note(hub, on, request, fileName);
  if (fault?.status !== undefined) return reply(response, fault.status, fault.headers ?? {});
  const repo = hub.repos.get(id);
  if (repo === undefined) return reply(response, 404, { "x-error-code": "RepoNotFound" });
  if (repo.movedTo !== undefined) {
    return reply(response, 307, { location: (request.url ?? "").replace(id, repo.movedTo) });
  }
  const commit = commitOf(repo);
  if (!["main", "refs/pr/1", commit].includes(decodeURIComponent(revision))) {
    return reply(response, 404, { "x-error-code": "RevisionNotFound" });
  }
  if (fileName === undefined) {
    if (fault?.stallAfter !== undefined) return response;
    const names = [...Object.keys(repo.files), ...(repo.phantoms ?? [])];
    const siblings = names.map((rfilename) => ({ rfilename }));
    return response.end(fault?.body ?? JSON.stringify({ id, sha: commit, siblings }));
  }
  return serveFile(hub, repo, fileName, request, response, fault);
}

function serveFile(
  hub: FakeHub,
  repo: FakeRepo,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
): Sent {
  if (repo.gatedBy !== undefined && request.headers.authorization !== `Bearer ${repo.gatedBy}`) {
    const status = request.headers.authorization === undefined ? 401 : 403;
    return reply(response, status, {
      "x-error-code": "GatedRepo",
      "x-error-message": "Access is restricted.",
    });
  }
  const content = repo.files[name];
  if (content === undefined) return reply(response, 404, { "x-error-code": "EntryNotFound" });
  const etag = etagOf(content);
  const size = String(fault?.announce ?? Buffer.byteLength(content));
  response.setHeader("x-repo-commit", commitOf(repo));
  if (typeof content === "string") {
    response.setHeader("etag", `W/"${etag}"`);
    if (request.method === "HEAD") return reply(response, 200, { "content-length": size });
    return sendBody(response, Buffer.from(content), request.headers.range, fault);
  }
  const location = `${hub.cdn}/${etag}?signature=s3cret`;
  const linked = { "x-linked-etag": `"${etag}"`, "x-linked-size": size };
  return reply(response, 302, { location, ...linked });
}

function serveCdn(hub: FakeHub, request: IncomingMessage, response: ServerResponse): Sent {
  const etag = new URL(request.url ?? "", hub.cdn).pathname.slice(1);
  for (const repo of hub.repos.values()) {
    for (const [name, content] of Object.entries(repo.files)) {
      if (typeof content === "string" || etagOf(content) !== etag) continue;
      const fault = note(hub, "cdn", request, name);
      if (fault?.status !== undefined) return reply(response, fault.status, fault.headers ?? {});
      return sendBody(response, content, request.headers.range, fault);
    }
  }
  return reply(response, 404, {});
}

function sendBody(response: ServerResponse, whole: Buffer, range: string | undefined, fault?: Fault): Sent {
  const match = fault?.ignoreRange ? null : /^bytes=(\d+)-$/.exec(range ?? "");
  const from = Number(match?.[1] ?? 0);
  if (match !== null && from >= whole.length) return reply(response, 416, {});
  const body = Buffer.from(whole.subarray(from));
  if (fault?.corrupt) body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
  response.writeHead(match === null ? 200 : 206, {
    "content-length": String(body.length),
    ...(match !== null && { "content-range": `bytes ${from}-${whole.length - 1}/${whole.length}` }),
  });
  const end = fault?.dropAfter ?? fault?.stallAfter;
  if (end === undefined) return response.end(body);
  response.write(body.subarray(0, end), () => {
    // Wait until the bytes have left; a reset would take them back.
    if (fault?.dropAfter !== undefined) setTimeout(() => response.destroy(), 20);
  });
  return response;
}
