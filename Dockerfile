# The team server: docs/server.md says how to run it. Node runs it from source, so there is nothing to build.
FROM node:24-bookworm-slim

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without what is for building and testing, without Node itself, which is here, and without anybody's scripts.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY LICENSE ./
COPY shared ./shared
COPY server ./server

# Database and secret file: the one thing to keep.
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
USER node

ENV NODE_ENV=production \
    COUNTERSIGN_DATA=/data \
    COUNTERSIGN_HOST=0.0.0.0 \
    COUNTERSIGN_PORT=8420
EXPOSE 8420

HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8420/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

CMD ["node", "server/main.ts"]
