import type { CueWords } from './cue-names.ts'

/** Words by what they do in an attack; `*` stands for any ending. Accents are left out. */
export const ENGLISH: CueWords = {
  ignore: `ignor* disregard* forget forgot forgotten overrid* overrul* overwrit* bypass* neglect* discard* abandon* omit
    dismiss* erase reset suspend nullif* void cancel supersed* replac* unlearn drop skip scrap override break circumvent*`,
  prior: `previous* prior above earlier preceding foregoing initial* original* past old existing former* aforementioned
    before last current given`,
  all: `all any every everything everyone whatever whatsoever entire whole full complete* total*`,
  instruction: `instruct* rule rules guideline* directive* order orders command* prompt prompts constraint* message
    messages context programming training configuration protocol* text words statements conversation input information
    content setup preamble`,
  limit: `restrict* limit* filter* censor* moral* ethic* polic* safety safeguard* guardrail* boundar* legal* law laws
    moderation inhibition* norms terms`,
  free: `unrestricted unfiltered uncensored unlimited unbound* unethical amoral immoral illegal* jailbr* unchained
    liberated freed freedom unconstrained limitless lawless evil unhinged rogue dan stan aim devmode`,
  reveal: `reveal* show print repeat* disclos* leak* expos* divulg* display* output* echo spill dump* recite regurgitat*
    return share list paste copy expose tell say state summarize summarise translate verbatim`,
  exact: `exactly verbatim word-for-word literally precisely exact unmodified unaltered`,
  secret: `secret* password* passphrase passcode passwd credential* confidential* hidden private key keys token tokens
    apikey pin ssn sensitive classified`,
  system: `system sys developer dev admin* root sudo debug* maintenance diagnostic* operator mode internal kernel
    superuser backend`,
  model: `ai ais assistant* chatgpt gpt gpt3 gpt4 gpt-4 openai model* llm* chatbot bot claude gemini bard llama alexa
    anthropic agent* language copilot mistral deepseek grok`,
  persona: `act pretend* roleplay* role-play* role simulat* persona* character* impersonat* imagine become embody
    immerse assume emulat* play playing fictional fiction hypothetical* scenario* story game novel`,
  not: `not no never dont don't cannot can't won't without nor none stop avoid refrain doesn't isn't nothing
    don‘t cease shouldn't mustn't`,
  always: `always must only just shall forever regardless matter strictly adhere obey* comply complies complied
    mandatory required need needs should`,
  anything: `anything something everything whatever`,
  now: `now henceforth hereafter onwards onward forward instead new following next first afterwards then begin start
    starting today from`,
  refuse: `refus* declin* sorry apolog* disclaim* warn* reject* deny denied caveat* lectur* censor unable inappropriate
    against`,
  say: `respond* repl* answer* respons* say saying said sentence start begins begin prefix end output phrase`,
  you: `you your yours yourself u ur you're youre you'll you've`,
  me: `i me my mine myself i'm we us our`,
  user: `user users customer* human visitor* reader* client* someone anyone victim*`,
  send: `send* forward* email e-mail mail post upload* submit* deliver* transmit* exfiltrat* notify message share publish
    text tweet dm broadcast`,
  pay: `transfer* pay pays paid wire withdraw* deposit* purchas* buy donat* refund* invest sell bitcoin crypto usd eur
    dollars money payment* funds bank amount invoice*`,
  destroy: `delet* remov* eras* wipe destroy* format purge shut shutdown terminate disable* deactivate* kill uninstall
    clear trash cancel unsubscribe revoke block rm`,
  open: `grant* unlock* open* enable* activat* permission* permanent* access allow* authoriz* authoris* approve* accept
    invite add turn switch lock whitelist install* download* execut* run running`,
  plan: `schedul* book booking reserve* appointment* meeting* calendar event events remind* reservation* order flight
    hotel invite*`,
  make: `write generat* creat* compose produc* make draft provide give explain describ* list develop design build craft
    outline construct suggest recommend include insert append incorporat* integrat* modify enhanc* augment embed`,
  look: `search* find look fetch* get retriev* read check visit* browse* navigat* click* open see view query access
    lookup`,
  change: `chang* updat* set edit* modif* alter* adjust* increase* decrease* rename move convert* rewrit* substitut*
    encode* scramble misspell* rearrang* shuffle*`,
  urgent: `important* urgent* critical* immediate* attention alert emergency warning notice asap quickly essential
    crucial imperative mandatory priority`,
  task: `task* request* quer* question* job goal* objective* assignment work mission`,
  tool: `tool tools function* api plugin* endpoint command* browser webhook shell terminal call calls database file
    files`,
  hide: `silently secretly quietly hide hidden conceal* mention* inform* notify covert* stealth* discreet* unnoticed`,
  encode: `base64 rot13 morse binary hex hexadecimal cipher* decod* decrypt* encrypt* caesar leetspeak ascii unicode
    pig-latin reverse* backwards acrostic`,
  please: `please kindly pls plz`,
  ask: `what who whom whose where when why how which can could would will do does is are did`,
  harm: `bomb* weapon* drug* meth hack* malware virus ransom* exploit* phish* steal* murder* suicide racist nazi*
    hate hatred kill* porn* sex* nsfw explicit violen* terror* poison* explosive* counterfeit* fraud* scam* stalk*
    launder* fuck* shit* bitch cunt slut* asshole`,
  reader: `recipient* ticket* attached invoice regards sincerely hello hi dear thanks thank cheers`,
}
