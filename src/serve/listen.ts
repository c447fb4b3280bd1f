import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { RankwrightError } from "../types/index.js";
import type { ServerLimits } from "./limits/limits.js";

export interface ListenOptions {
  /** Default: 8787; 0 for any that is free. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1, this machine alone. */
  readonly host?: string | undefined;
}

export interface Listening {
  /** Such as `http://127.0.0.1:8787`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new connections, lets answers under way be sent, and closes the rest. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 8787;
export const DEFAULT_HOST = "127.0.0.1";

/** Milliseconds between two looks for connections without a request, and before those left are cut. */
const LOOK_MS = 20;
const CUT_MS = 5000;

/** @throws RankwrightError LISTEN_FAILED */
export async function listen(
  fetch: (request: Request) => Promise<Response>,
  limits: ServerLimits,
  { port = DEFAULT_PORT, host = DEFAULT_HOST }: ListenOptions,
): Promise<Listening> {
  const { headerMs, bodyMs, keepAliveMs, connections } = limits;
  const server = createServer(
    {
      headersTimeout: headerMs,
      // The body has a limit of its own, which answers in the caller's words; this one cuts what ignores it.
      requestTimeout: headerMs + bodyMs + 1000,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: Math.min(headerMs / 2, 5000),
    },
    getRequestListener(fetch, { overrideGlobalObjects: false, hostname: host }),
  );
  server.maxConnections = connections;
  server.on("clientError", refuseMalformed);
  const unused = unusedSockets(server);
  await open(server, port, host);
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, port: address.port, close: () => close(server, unused) };
}

function open(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const mend =
        cause.code === "EADDRINUSE"
          ? "another program has this port; choose another one, or 0 for any that is free"
          : "choose another host or port";
      const message = `${host}:${port} cannot be opened (${cause.code ?? cause.message}); ${mend}`;
      reject(new RankwrightError("LISTEN_FAILED", message, { field: "port", value: port, cause }));
    });
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

/** What is no HTTP, or came too late, gets a status and no more. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = STATUS_LINES[error.code ?? ""] ?? "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const STATUS_LINES: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

/**
 * Sockets on which no request is under way. Node's own `closeIdleConnections` leaves out those that never sent one,
 * and clients open more connections than they use.
 */
function unusedSockets(server: Server): () => readonly Socket[] {
  const sockets = new Set<Socket>();
  /** Requests under way; pipelining allows for several. */
  const used = new Map<Socket, number>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    used.set(socket, (used.get(socket) ?? 0) + 1);
    response.on("close", () => {
      const left = (used.get(socket) ?? 1) - 1;
      if (left > 0) used.set(socket, left);
      else used.delete(socket);
    });
  });
  return () => [...sockets].filter((socket) => !used.has(socket));
}

function close(server: Server, unused: () => readonly Socket[]): Promise<void> {
  return new Promise((resolve) => {
    const look = setInterval(() => {
      for (const socket of unused()) socket.destroy();
    }, LOOK_MS);
    const cut = setTimeout(() => server.closeAllConnections(), CUT_MS);
    server.close(() => {
      clearInterval(look);
      clearTimeout(cut);
      resolve();
    });
  });
}
