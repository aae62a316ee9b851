import { AwsV4Signer } from 'aws4fetch'
import type { ProviderPolicy } from '../core/policy.ts'
import type { Provider } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import { HOSTED_TRAITS } from './hosted-traits.ts'
import { readModels } from './model-lists.ts'

/**
 * Amazon Bedrock's Converse API (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html).
 * With `access_key_id` calls are signed (SigV4) and `api_key` is the secret access key; without it `api_key` is a
 * Bedrock API key and travels as a bearer token.
 */
export const bedrock: Provider = {
  kind: 'bedrock',
  dialects: ['bedrock-converse'],
  traits: {
    ...HOSTED_TRAITS,
    priceId: 'aws',
    otelName: 'aws.bedrock',
    // One address a region, so that nobody sends data to a region unawares.
    baseUrl: null,
    label: 'Amazon Bedrock',
    docs: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html',
    options: {
      access_key_id: { type: 'secret', description: 'AWS access key id; api_key is then the secret access key' },
      session_token: { type: 'secret', description: 'AWS session token, for temporary credentials' },
      region: { type: 'string', description: 'AWS region to sign for, where base_url does not name it' },
    },
  },
  url: ({ policy, model, stream }) =>
    `${policy.baseUrl}/model/${encodeURIComponent(model)}/${stream ? 'converse-stream' : 'converse'}`,
  headers: ({ policy }) =>
    policy.apiKey === null || policy.options.access_key_id !== undefined
      ? {}
      : { authorization: `Bearer ${policy.apiKey}` },
  async sign({ provider, method = 'POST', url, headers, body }, now) {
    const { access_key_id: accessKeyId, session_token: sessionToken } = provider.options
    if (typeof accessKeyId !== 'string' || provider.apiKey === null) return {}
    const signer = new AwsV4Signer({
      method,
      url,
      headers: { 'content-type': headers['content-type'] ?? 'application/json' },
      body: method === 'POST' ? new Uint8Array(Buffer.from(body)) : null,
      accessKeyId,
      secretAccessKey: provider.apiKey,
      ...(typeof sessionToken === 'string' ? { sessionToken } : {}),
      service: 'bedrock',
      region: regionOf(provider),
      datetime: new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    })
    const signed = await signer.sign()
    return Object.fromEntries(signed.headers.entries())
  },
  classify: classifyRefusal,
  models: {
    // The list stands at the control plane, not at the runtime.
    url: ({ baseUrl }) => `${baseUrl?.replace('//bedrock-runtime.', '//bedrock.')}/foundation-models`,
    read: (json) => readModels(json, 'modelId', 'modelSummaries'),
  },
}

function regionOf({ options, baseUrl }: ProviderPolicy): string {
  if (typeof options.region === 'string') return options.region
  return /bedrock(?:-runtime)?(?:-fips)?\.([a-z0-9-]+)\./.exec(baseUrl ?? '')?.[1] ?? 'us-east-1'
}
