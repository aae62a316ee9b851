import type { GuardRuleRow } from '../../server/http/admin/schemas.ts'

/** One setting of a rule, as it is to be. */
export type RuleSetting = { name: 'threshold'; value: number } | { name: 'mode'; value: GuardRuleRow['mode'] }

/**
 * The text of the config with a setting of a rule changed; everything else stays as it is written. Rejects with an
 * Error where the text cannot be edited but by hand.
 */
export async function changedText(
  source: string,
  { path }: Pick<GuardRuleRow, 'path'>,
  setting: RuleSetting,
): Promise<string> {
  // With the YAML library, which the page has no other use for.
  const { setValue } = await import('../routes/yaml-edit.ts')
  return setValue(source, [...path, setting.name], setting.value)
}
