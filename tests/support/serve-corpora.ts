import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";
import { CORPORA_ABSENT, corpusPath } from "./corpora.ts";

/** Where tests in a page find the large collections, e.g. "/corpora/qr/web/truth.json". */
const PREFIX = "/corpora/";

/** Hands the collections of samples to tests that run in a page; 404 with the reason where they are absent. */
export const serveCorpora: Plugin = {
  name: "serve-corpora",
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      if (!pathname.startsWith(PREFIX)) return next();
      // The address is resolved already: no ".." can be left in it, unless it was written as %2e%2e.
      const name = decodeURIComponent(pathname.slice(PREFIX.length));
      const path = name.includes("..") ? null : corpusPath(name);
      if (path === null) {
        response.statusCode = 404;
        response.end(CORPORA_ABSENT);
        return;
      }
      readFile(path).then(
        (bytes) => response.end(bytes),
        (error: unknown) => next(error),
      );
    });
  },
};
