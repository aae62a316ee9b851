import { useQuery } from '@tanstack/react-query'
import { Boxes, Plus, ScanSearch } from 'lucide-react'
import { useState } from 'react'
import type { LocalServer } from '../../server/http/admin/schemas.ts'
import { formatPlural } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { AddPanel } from '../providers/add-panel.tsx'
import { formFor, type ProviderForm } from '../providers/draft.ts'
import { LocalPanel } from '../providers/local-panel.tsx'
import { usePanel } from '../providers/panel-address.ts'
import { ProviderPanel } from '../providers/provider-panel.tsx'
import { ProviderTable } from '../providers/provider-table.tsx'
import { providerKindsQuery, providersQuery, queryClient } from '../queries.ts'
import { useIsViewer } from '../role.ts'
import type { Page } from './page.ts'

export const providersPage: Page = {
  path: '/providers',
  name: 'Providers & models',
  icon: Boxes,
  key: 'p',
  component: Providers,
}

/** Every upstream with how it is and what it has; adding one, and finding those on this machine. */
function Providers() {
  const providers = useQuery(providersQuery)
  const [panel, setPanel] = usePanel()
  const [form, setForm] = useState<ProviderForm | null>(null)
  const isViewer = useIsViewer()
  const [searchAtOnce, setSearchAtOnce] = useState(false)
  const rows = providers.data?.data ?? []
  const taken = rows.map(({ id }) => id)
  const show = (id: string) => setPanel({ show: 'provider', id })
  const close = () => setPanel(null)
  const addFound = async (server: LocalServer) => {
    const kinds = await queryClient.ensureQueryData(providerKindsQuery)
    const kind = kinds.data.find((each) => each.kind === server.kind)
    if (!kind) return
    setForm(formFor(server, kind, taken))
    setPanel({ show: 'add' })
  }
  const shown = panel?.show === 'provider' ? rows.find(({ id }) => id === panel.id) : undefined

  return (
    <>
      <PageHead title="Providers & models">
        {providers.data && <span className="text-sm text-ink-3">{formatPlural(rows.length, 'provider')}</span>}
        {!isViewer && (
          <>
            <button
              type="button"
              className="button ml-auto"
              onClick={() => {
                setSearchAtOnce(true)
                setPanel({ show: 'local' })
              }}
            >
              <ScanSearch size={13} aria-hidden />
              Find local models
            </button>
            <button
              type="button"
              className="button"
              onClick={() => {
                // What was begun is kept, what was saved is not.
                if (form !== null && taken.includes(form.id)) setForm(null)
                setPanel({ show: 'add' })
              }}
            >
              <Plus size={13} aria-hidden />
              Add provider
            </button>
          </>
        )}
      </PageHead>
      <div className="min-h-0 flex-1 overflow-y-auto pb-8">
        {providers.error && (
          <Failure what="The providers" error={providers.error} retry={() => void providers.refetch()} />
        )}
        {providers.isPending && <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>}
        {providers.data && (
          <ProviderTable rows={rows} selected={shown?.id ?? null} open={show} now={providers.dataUpdatedAt} />
        )}
        {providers.data && rows.every((row) => row.synthetic) && <OnlySandbox />}
      </div>
      {shown && <ProviderPanel key={shown.id} provider={shown} now={providers.dataUpdatedAt} close={close} />}
      {panel?.show === 'add' && !isViewer && (
        <AddPanel form={form} setForm={setForm} taken={taken} show={show} close={close} />
      )}
      {panel?.show === 'local' && !isViewer && (
        <LocalPanel searchAtOnce={searchAtOnce} add={(server) => void addFound(server)} show={show} close={close} />
      )}
    </>
  )
}

function OnlySandbox() {
  return (
    <section className="mx-auto w-full max-w-150 px-5 py-14">
      <h2 className="mb-2 text-xl font-medium">Only the sandbox so far</h2>
      <p className="text-ink-2">
        It makes its replies up. <strong className="font-medium text-ink">Find local models</strong> looks for a model
        server on this machine; <strong className="font-medium text-ink">Add provider</strong> takes any vendor, tests
        it, and writes it to the config file.
      </p>
    </section>
  )
}
