# The bases can be replaced: docker build --build-arg GO_IMAGE=… .
ARG GO_IMAGE=golang:1.26-bookworm
ARG NODE_IMAGE=node:20-bookworm-slim
ARG FINAL_IMAGE=scratch

# What the browser loads from npm, as the lock file pins it.
FROM ${NODE_IMAGE} AS assets
WORKDIR /src
COPY package.json package-lock.json ./
COPY static ./static
RUN npm ci --ignore-scripts --no-audit --no-fund && npm run build

# The program: one static file that holds everything.
FROM ${GO_IMAGE} AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=assets /src/static/npm ./static/npm
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/clicktrain ./cmd/clicktrain

FROM ${FINAL_IMAGE}
COPY --from=program /out/clicktrain /clicktrain
USER 65532:65532
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 CMD ["/clicktrain", "healthcheck"]
ENTRYPOINT ["/clicktrain"]
CMD ["serve"]
