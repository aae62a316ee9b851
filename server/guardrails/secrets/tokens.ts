/**
 * Keys that are known by a prefix: formats as their vendors document them, or as their public scanners' partner
 * programmes describe them. `form` is matched where the prefix stands, and is followed by no character of its kind.
 */
export interface TokenForm {
  category: string
  prefixes: readonly string[]
  form: RegExp
}

const row = (category: string, prefixes: string, form: RegExp): TokenForm => ({
  category,
  prefixes: prefixes.split(' '),
  form,
})

export const TOKEN_FORMS: readonly TokenForm[] = [
  row('AWS_KEY', 'AKIA ASIA ABIA ACCA', /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9])/y),
  row(
    'AWS_KEY',
    'bedrock-api-key- ABSK',
    /(?:bedrock-api-key-[A-Za-z0-9+/=]{40,1000}|ABSK[A-Za-z0-9+/]{109,269}={0,2})/y,
  ),
  row('GOOGLE_KEY', 'AIza', /AIza[\w-]{35}(?![\w-])/y),
  row('GOOGLE_KEY', 'GOCSPX- ya29.', /(?:GOCSPX-[\w-]{28}|ya29\.[\w-]{30,500})(?![\w-])/y),
  row(
    'OPENAI_KEY',
    'sk-',
    /sk-(?:(?:proj|svcacct|admin|None)-[\w-]{40,200}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|[A-Za-z0-9]{40,64})(?![\w-])/y,
  ),
  row('ANTHROPIC_KEY', 'sk-ant-', /sk-ant-(?:api|admin|oat|sid)\d\d-[\w-]{80,128}AA(?![\w-])/y),
  row('OPENROUTER_KEY', 'sk-or-', /sk-or-v1-[0-9a-f]{64}(?![\w-])/y),
  row(
    'AI_KEY',
    'pplx- gsk_ xai- r8_ fw_ nvapi- csk- tgp_v1_',
    /(?:pplx-[A-Za-z0-9]{48}|gsk_[A-Za-z0-9]{52}|xai-[A-Za-z0-9]{80}|r8_[A-Za-z0-9]{37}|fw_[A-Za-z0-9]{24}|nvapi-[\w-]{64}|csk-[a-z0-9]{48}|tgp_v1_[\w-]{43})(?![\w-])/y,
  ),
  row('HUGGINGFACE_TOKEN', 'hf_ api_org_', /(?:hf_|api_org_)[A-Za-z0-9]{34,40}(?![A-Za-z0-9])/y),
  row(
    'GITHUB_TOKEN',
    'ghp_ gho_ ghu_ ghs_ ghr_ github_pat_',
    /(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{60,100})(?![A-Za-z0-9_])/y,
  ),
  row(
    'GITLAB_TOKEN',
    'glpat- gldt- glft- glsoat- glrt- glptt- glcbt- glagent- glimt- gloas- glffct- GR1348941 _gitlab_session=',
    /(?:gl(?:pat|dt|ft|soat|rt|ptt|cbt|agent|imt|oas|ffct)-[\w-]{20,300}(?:\.[\w.]{2,20})?|GR1348941[\w-]{20}|_gitlab_session=[0-9a-z]{32})(?![\w-])/y,
  ),
  row(
    'SLACK_TOKEN',
    'xoxb- xoxp- xoxa- xoxo- xoxr- xoxs- xoxe- xoxe. xapp- xoxc- xoxd-',
    /x(?:ox[a-eo-s](?:[.-]xox[bp])?|app)-[A-Za-z0-9-]{10,400}(?![A-Za-z0-9-])/y,
  ),
  row('SLACK_WEBHOOK', 'hooks.slack.com/', /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{30,80}/y),
  row(
    'WEBHOOK',
    'discord.com/api/webhooks/ discordapp.com/api/webhooks/ webhook.office.com/',
    /(?:discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,80}|webhook\.office\.com\/webhookb2\/[\w@/-]{80,300})/y,
  ),
  row(
    'STRIPE_KEY',
    'sk_live_ sk_test_ rk_live_ rk_test_ sk_prod_ rk_prod_ whsec_',
    /(?:[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,247}|whsec_[A-Za-z0-9+/=]{32,64})(?![A-Za-z0-9])/y,
  ),
  row(
    'SHOPIFY_TOKEN',
    'shpat_ shpca_ shppa_ shpss_ shptka_ shpua_',
    /shp(?:at|ca|pa|ss|tka|ua)_[A-Fa-f0-9]{32,64}(?![A-Za-z0-9])/y,
  ),
  row('SQUARE_TOKEN', 'sq0atp- sq0csp- EAAAE EAAAl', /(?:sq0[ac][st]p-[\w-]{22,60}|EAAA[El][\w-]{56,64})(?![\w-])/y),
  row(
    'FACEBOOK_TOKEN',
    'EAAM EAAC EAAG EAAB EAAE EAAI EAAD EAAF EAAH EAAJ EAAK EAAL EAAN EAAO EAAP',
    /EAA[A-P][A-Za-z0-9]{80,400}(?![A-Za-z0-9])/y,
  ),
  row('NPM_TOKEN', 'npm_', /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/y),
  row('PYPI_TOKEN', 'pypi-AgEIcHlwaS5vcmc pypi-AgENdGVzdC5weXBpLm9yZw', /pypi-AgE[\w-]{60,1000}/y),
  row('RUBYGEMS_KEY', 'rubygems_', /rubygems_[a-f0-9]{48}(?![A-Za-z0-9])/y),
  row('CRATES_TOKEN', 'cio', /cio[A-Za-z0-9]{32}(?![A-Za-z0-9_])/y),
  row('SENDGRID_KEY', 'SG.', /SG\.[\w-]{16,32}\.[\w-]{38,48}(?![\w-])/y),
  row(
    'MAIL_KEY',
    'key- xkeysib- xsmtpsib- md-',
    /(?:key-[0-9a-z]{32}|x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}|md-[\w-]{22})(?![\w-])/y,
  ),
  row('TWILIO_KEY', 'SK', /SK[0-9a-f]{32}(?![A-Za-z0-9])/y),
  row('DATABRICKS_TOKEN', 'dapi', /dapi[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])/y),
  row('DIGITALOCEAN_TOKEN', 'dop_v1_ doo_v1_ dor_v1_', /do[opr]_v1_[a-f0-9]{64}(?![A-Za-z0-9])/y),
  row('HASHICORP_TOKEN', 'hvs. hvb. hvr.', /hv[sbr]\.[\w-]{60,300}(?![\w-])/y),
  row(
    'GRAFANA_TOKEN',
    'glsa_ glc_ eyJrIjoi',
    /(?:glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2}|eyJrIjoi[A-Za-z0-9]{70,400}={0,3})(?![A-Za-z0-9])/y,
  ),
  row(
    'ONEPASSWORD_TOKEN',
    'ops_eyJ A3-',
    /(?:ops_eyJ[A-Za-z0-9+/]{250,2000}={0,3}|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5})(?![A-Za-z0-9-])/y,
  ),
  row('LINEAR_KEY', 'lin_api_ lin_oauth_', /lin_(?:api|oauth)_[A-Za-z0-9]{32,128}(?![A-Za-z0-9])/y),
  row('NOTION_TOKEN', 'ntn_ secret_', /(?:ntn_\d{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43})(?![A-Za-z0-9])/y),
  row('POSTMAN_KEY', 'PMAK-', /PMAK-[a-f0-9]{24}-[a-f0-9]{34}(?![A-Za-z0-9])/y),
  row(
    'NEWRELIC_KEY',
    'NRAK- NRII- NRJS- NRAA-',
    /NR(?:AK-[A-Z0-9]{27}|II-[\w-]{32}|JS-[a-f0-9]{19}|AA-[a-f0-9]{27})(?![A-Za-z0-9])/y,
  ),
  row('SENTRY_TOKEN', 'sntrys_ sntryu_', /sntry(?:s_eyJ[A-Za-z0-9+/=_]{80,500}|u_[a-f0-9]{64})/y),
  row('SOURCEGRAPH_TOKEN', 'sgp_', /sgp_(?:(?:[A-Fa-f0-9]{16}|local)_)?[A-Fa-f0-9]{40}(?![A-Za-z0-9])/y),
  row(
    'DOPPLER_TOKEN',
    'dp.pt. dp.st. dp.ct.',
    /dp\.(?:pt|ct|st(?:\.[\w-]{2,35})?)\.[A-Za-z0-9]{40,44}(?![A-Za-z0-9])/y,
  ),
  row('PULUMI_TOKEN', 'pul-', /pul-[a-f0-9]{40}(?![A-Za-z0-9])/y),
  row(
    'PLANETSCALE_TOKEN',
    'pscale_tkn_ pscale_pw_ pscale_oauth_',
    /pscale_(?:tkn|pw|oauth)_[\w.=-]{32,64}(?![\w.=-])/y,
  ),
  row('FLY_TOKEN', 'fo1_ fm1a_ fm1r_ fm2_', /(?:fo1_[\w-]{43}|fm(?:1[ar]|2)_[A-Za-z0-9+/]{100,2000}={0,3})/y),
  row('DYNATRACE_TOKEN', 'dt0c01. dt0s01.', /dt0[cs]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}(?![A-Z0-9])/y),
  row('OCTOPUS_KEY', 'API-', /API-[A-Z0-9]{26}(?![A-Za-z0-9-])/y),
  row('INTRA42_SECRET', 's-s4t2ud- s-s4t2af-', /s-s4t2(?:ud|af)-[a-f0-9]{64}(?![A-Za-z0-9])/y),
  row('OPENSHIFT_TOKEN', 'sha256~', /sha256~[\w-]{43}(?![\w-])/y),
  row('AGE_KEY', 'AGE-SECRET-KEY-1', /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/y),
  row('VERCEL_TOKEN', 'vcp_ vci_ vca_ vcr_ vck_', /vc[piark]_[A-Za-z0-9]{20,60}(?![A-Za-z0-9])/y),
  row('SUPABASE_KEY', 'sbp_ sb_secret_', /(?:sbp_[a-f0-9]{40}|sb_secret_[\w-]{20,60})(?![A-Za-z0-9])/y),
  row('DOCKER_TOKEN', 'dckr_pat_ dckr_oat_', /dckr_[po]at_[\w-]{27,36}(?![\w-])/y),
  row('FIGMA_TOKEN', 'figd_ figdr_', /figdr?_[\w-]{40,200}(?![\w-])/y),
  row('ATLASSIAN_TOKEN', 'ATATT3 ATCTT3 ATBB', /(?:AT[AC]TT3[\w=-]{180,250}|ATBB[A-Za-z0-9]{32})(?![A-Za-z0-9])/y),
  row('AIRTABLE_TOKEN', 'pat', /pat[A-Za-z0-9]{14}\.[a-f0-9]{64}(?![A-Za-z0-9])/y),
  row(
    'CLOUD_KEY',
    'LTAI AKCp AKID sl. CLOJARS_ EZAK EZTK FLWSECK_TEST- FLWSECK- shippo_live_ shippo_test_ duffel_live_ duffel_test_ rdme_ tfp_',
    /(?:LTAI[A-Za-z0-9]{20}|AKCp[A-Za-z0-9]{69}|AKID[A-Za-z0-9]{32}|sl\.[\w=-]{130,300}|CLOJARS_[a-z0-9]{60}|EZ[AT]K[A-Za-z0-9]{54}|FLWSECK(?:_TEST)?-[a-h0-9]{12,34}(?:-X)?|shippo_(?:live|test)_[a-f0-9]{40}|duffel_(?:live|test)_[\w=-]{43}|rdme_[a-z0-9]{70}|tfp_[A-Za-z0-9]{59})(?![A-Za-z0-9])/y,
  ),
]
