import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { openDrains } from './attempts/drains.ts'
import { Escalations } from './attempts/escalations.ts'
import { HealthProber } from './attempts/health-prober.ts'
import { ProviderQueues } from './attempts/queue/index.ts'
import { ReasoningVault } from './attempts/reasoning-vault.ts'
import { RetryBudgets } from './attempts/retry-budget.ts'
import { TargetGate } from './attempts/target-gate.ts'
import { catalogue } from './catalogue.ts'
import { compileConfig } from './config/load.ts'
import { formatProblem } from './config/problems.ts'
import { configSchema } from './config/schema.ts'
import { secretResolver } from './config/secrets.ts'
import { type ConfigStore, openConfig } from './config/watch.ts'
import { describeAddress, isLoopbackHost } from './core/addresses.ts'
import { realClock } from './core/clock.ts'
import type { Exchange } from './core/exchange.ts'
import type { RoutePolicy } from './core/policy.ts'
import type { ThreadData } from './core/thread-messages.ts'
import { clientDialect, plains, upstreams } from './dialects/index.ts'
import { createEgress } from './egress/index.ts'
import { openExperiments } from './experiments/open-experiments.ts'
import { guardrails } from './guardrails/index.ts'
import { type Home, keyPepper, readSecret } from './home.ts'
import { Access } from './http/admin/access.ts'
import { LiveHub } from './http/admin/live-hub.ts'
import { signInLink } from './http/admin/session.ts'
import { Traffic } from './http/context.ts'
import { buildServer } from './http/server.ts'
import { observing, pastScores } from './observing.ts'
import { openCache } from './pipeline/caching/open-cache.ts'
import { openGuarding } from './pipeline/guarding/open-guarding.ts'
import type { ServiceParts } from './pipeline/guarding/services.ts'
import { guardTrials } from './pipeline/guarding/trial.ts'
import { handle, type PipelineDeps } from './pipeline/handle.ts'
import { Idempotency } from './pipeline/idempotency.ts'
import { ownRunner } from './pipeline/own-request.ts'
import { warm } from './pipeline/warm.ts'
import { providers } from './providers/index.ts'
import { CacheWriter } from './stores/cache/cache-writer.ts'
import { cacheFinder } from './stores/cache/entries.ts'
import { openForReading, openForWriting } from './stores/database.ts'
import { DeskAsker } from './stores/desk-asker.ts'
import { keyFinder } from './stores/keys.ts'
import { createReader } from './stores/reader.ts'
import { Recorder } from './stores/recorder.ts'
import { strategies } from './strategies/index.ts'
import { costSource } from './telemetry/cost-source.ts'
import { HealthBook } from './telemetry/health.ts'
import { redactFor } from './telemetry/hide.ts'
import { createPrices } from './telemetry/prices.ts'
import { attemptRecordOf } from './telemetry/record.ts'
import { redactor } from './telemetry/redact.ts'
import { RouteTraffic } from './telemetry/route-traffic.ts'
import { TargetBook } from './telemetry/target-book.ts'

export interface AppOptions {
  home: Home
  host: string
  /** 0 picks a free one. */
  port: number
  version: string
  environment: NodeJS.ProcessEnv
  /** For people, on standard error. */
  log(message: string): void
}

export interface App {
  url: string
  /** A one-time link to the UI. */
  signInLink(): string
  config: ConfigStore
  loopbackOnly: boolean
  /** Takes no new requests, lets running ones finish within the config's `server.drain`, stores everything. */
  stop(): Promise<void>
}

const UI_FOLDER = fileURLToPath(new URL('../dist/ui', import.meta.url))
/** Left alone, a thread's heap grows with what the machine has, far beyond what it needs. */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 }
const STORE_LIMIT_MS = 10_000
const DRAIN_CHECK_MS = 20
const SETTLE_LIMIT_MS = 2000

/** Puts the rooms together and listens. Throws a ConfigError when the config is bad, or the system's error. */
export async function startApp(options: AppOptions): Promise<App> {
  const { home, log } = options
  const config = openConfig(home.config, (source) =>
    compileConfig(source, catalogue, secretResolver(home.folder, options.environment)),
  )
  const policy = () => config.current()
  const loopbackOnly = isLoopbackHost(options.host)
  const pepper = keyPepper(home)
  const adminToken = readSecret(home.adminToken)
  const viewerToken = readSecret(home.viewerToken)

  openForWriting(home.store).close()
  const keysDb = openForReading(home.store)
  const threadData: ThreadData = { file: home.store, version: options.version }
  const spawn = (entry: URL) => new Worker(entry, { workerData: threadData, resourceLimits: THREAD_LIMITS })
  const recorder = new Recorder(
    () => spawn(new URL('./threads/writer.ts', import.meta.url)),
    (problem) => log(`recorder: ${problem}`),
  )
  const spawnReader = () => spawn(new URL('./threads/reader.ts', import.meta.url))
  const reader = createReader(spawnReader)
  const searcher = createReader(spawnReader)
  recorder.revision(policy().revision, policy().source)

  const egress = createEgress(policy().egress)
  const cacheWriter = new CacheWriter(recorder)
  const desk = new DeskAsker(recorder)
  const cache = openCache({
    policy,
    writer: cacheWriter,
    find: cacheFinder(keysDb),
    searcher,
    reader,
    providers,
    plains,
    send: egress.send,
    onProblem: (problem) => log(`cache: ${problem}`),
  })
  const triedSecrets = new Set<string>()
  const redact = redactor(policy, triedSecrets)
  const otelNameOf = (kind: string) => providers.get(kind)!.traits.otelName
  const price = createPrices()
  const targets = new TargetBook(realClock, costSource(policy, providers, price))
  targets.restore(pastScores(keysDb))
  const gate = new TargetGate(realClock)
  const setDrain = openDrains(home.drains, gate, log)
  const queues = new ProviderQueues(realClock)
  const budgets = new RetryBudgets(realClock)
  const prober = new HealthProber({ policy, providers, gate, send: egress.send })
  const routeTraffic = new RouteTraffic()
  const health = new HealthBook()
  const live = new LiveHub(
    (exchange, index) =>
      attemptRecordOf(exchange.attempts[index]!, exchange.startedAt, otelNameOf, redactFor(exchange, redact)),
    redact,
  )
  const observer = observing({
    ...{ targets, routeTraffic, health, live, recorder, redact, otelNameOf },
    promoter: () => experiments.promoter,
  })
  const onFault = (error: unknown, exchange?: Exchange) =>
    log(`fault${exchange ? ` in ${exchange.id}` : ''}: ${redact(stackOf(error))}`)
  const traffic = new Traffic()
  let address = { url: '', port: options.port }
  const services: ServiceParts = {
    send: egress.send,
    embed: cache.embed,
    handle: (arrival, client) => handle(pipeline, { ...arrival, dialect: clientDialect('openai-chat') }, client),
  }
  const guarding = openGuarding({
    ...services,
    spawn: () => spawn(new URL('./threads/inspect.ts', import.meta.url)),
    hashKey: pepper,
  })
  const runOwn = ownRunner((arrival, client) => handle(pipeline, arrival, client))
  const experiments = openExperiments({
    policy,
    config,
    desk,
    reader,
    db: keysDb,
    services,
    runOwn,
    observer,
    providers,
    price,
    triedSecrets,
    redact,
    isIdle: () => traffic.isIdle,
    inBackground: (work) => traffic.followOwn(work),
    onProblem: (problem) => log(`experiments: ${problem}`),
  })
  const admin = {
    version: options.version,
    access: new Access(
      [adminToken, options.environment.GATEHOUSE_LAUNCH_TOKEN ?? ''].filter((token) => token !== ''),
      [viewerToken],
    ),
    reader,
    desk,
    live,
    health,
    gate,
    setDrain,
    queues,
    signals: targets,
    routeTraffic,
    retriesLeft: (route: RoutePolicy) => Math.floor(budgets.of(route.name, route.settings.retry.budget).tokens),
    providers,
    guardrails,
    inspectText: guardTrials(guarding),
    configFile: home.config,
    configSchema: configSchema(catalogue),
    config,
    send: egress.send,
    recorderStatus: () => recorder.status,
    cache,
    experiments,
    address: () => address,
    onFault,
  }
  const pipeline: PipelineDeps = {
    policy,
    providers,
    upstreams,
    plains,
    vault: new ReasoningVault(),
    gate,
    queues,
    budgets,
    escalations: new Escalations(realClock),
    evaluation: experiments.evaluation,
    signals: targets,
    strategies,
    send: egress.send,
    price,
    observer,
    idempotency: new Idempotency(realClock),
    cache: cache.replies,
    guarding,
    afterwards: experiments.afterwards,
    inBackground: (work) => traffic.follow(work),
    findKey: keyFinder(keysDb, pepper),
    loopbackOnly,
    onFault,
  }
  const server = await buildServer({
    policy,
    admin,
    loopbackOnly,
    traffic,
    uiFolder: UI_FOLDER,
    pipeline,
  })
  warm(policy(), guarding)
  config.onChange(({ policy: current, rejected }) => {
    egress.setPolicy(current.egress)
    cache.follow()
    warm(current, guarding)
    const message = rejected ? `refused: ${rejected.problems.map(formatProblem).join('; ')}` : 'accepted'
    if (!rejected) recorder.revision(current.revision, current.source)
    live.configChange(current.revision, rejected === null, message)
    log(`config ${message}; running ${current.revision}`)
  })

  await recorder.ready
  prober.start()
  experiments.start()
  await server.listen({ host: options.host, port: options.port })
  address = describeAddress(options.host, (server.server.address() as AddressInfo).port)

  const untilQuiet = async (until: number) => {
    while (traffic.inFlight > 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, DRAIN_CHECK_MS))
  }
  return {
    url: address.url,
    signInLink: () => signInLink({ admin }),
    config,
    loopbackOnly,
    async stop() {
      traffic.drain()
      prober.stop()
      experiments.close()
      config.close()
      const closed = server.close()
      await untilQuiet(Date.now() + policy().server.drainMs)
      server.server.closeAllConnections()
      await closed
      // What was cut off comes to its end now, and is recorded.
      await untilQuiet(Date.now() + SETTLE_LIMIT_MS)
      cache.close()
      await guarding.close()
      await egress.close()
      await cacheWriter.close(STORE_LIMIT_MS)
      await recorder.close(STORE_LIMIT_MS)
      await Promise.all([reader.close(), searcher.close()])
      keysDb.close()
    },
  }
}

/** Of the error beneath, where one was wrapped. */
function stackOf(error: unknown): string {
  const { cause, stack } = error as Error
  return (cause as Error | undefined)?.stack ?? stack ?? String(error)
}
