import { annotatePage } from './annotate.tsx'
import { benchPage } from './bench.tsx'
import { cachePage } from './cache.tsx'
import { comparePage } from './compare.tsx'
import { guardrailsPage } from './guardrails.tsx'
import { livePage } from './live.tsx'
import { overviewPage } from './overview.tsx'
import type { Page } from './page.ts'
import { providersPage } from './providers.tsx'
import { routesPage } from './routes.tsx'

/** The pages in the order of the navigation; the palette, the keys and the router follow it, too. */
export const pages: readonly Page[] = [
  overviewPage,
  livePage,
  routesPage,
  providersPage,
  cachePage,
  guardrailsPage,
  comparePage,
  benchPage,
  annotatePage,
]
