import { SidePanel } from '../parts/side-panel.tsx'
import { emptyForm, type ProviderForm } from './draft.ts'
import { DraftPanel } from './draft-panel.tsx'
import { VendorList } from './vendor-list.tsx'

interface AddPanelProps {
  /** What has been filled in; null while no vendor is picked. */
  form: ProviderForm | null
  setForm: (form: ProviderForm | null) => void
  /** Ids that are in use. */
  taken: readonly string[]
  show: (provider: string) => void
  close: () => void
}

/** Adding a provider: pick a vendor, fill in, test, save. */
export function AddPanel({ form, setForm, taken, show, close }: AddPanelProps) {
  return (
    <SidePanel title={form === null ? 'Add provider' : `Add provider: ${form.kind.label}`} close={close}>
      {form === null ? (
        <VendorList pick={(kind) => setForm(emptyForm(kind, taken))} />
      ) : (
        <DraftPanel key={form.kind.kind} form={form} setForm={setForm} taken={taken} show={show} />
      )}
    </SidePanel>
  )
}
