import { configQuery, queryClient } from '../queries.ts'
import { drafts } from '../routes/draft-store.ts'

/**
 * Writes a threshold into the text of the config that is being edited on the Routes page; nothing runs yet. Rejects
 * with an Error where the config cannot be read or the text not be edited.
 */
export async function draftThreshold(route: string, threshold: number): Promise<void> {
  // With the YAML library, which is loaded with the editor.
  const [{ setValue }, running] = await Promise.all([
    import('../routes/yaml-edit.ts'),
    queryClient.fetchQuery({ ...configQuery, staleTime: 0 }),
  ])
  drafts.follow(running)
  drafts.setText(setValue(drafts.get()!.text, ['routes', route, 'cache', 'threshold'], threshold))
}
