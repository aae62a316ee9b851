import type { CueWords } from './cue-names.ts'

/** German, French, Spanish, Portuguese, Italian, Dutch, Polish, Czech, Swedish, Turkish, Romanian and Hungarian. */
export const EUROPE: CueWords = {
  ignore: `ignorier* vergiss vergessen vergesst missacht* uberspring* verwirf* streich* uberschreib* oublie* ignorez
    ignores negligez contourn* outrepass* olvid* ignora* ignore omite omita descart* desconsider* esquec* esqueca
    dimentic* scorda* tralascia* negeer* vergeet* ignoruj zignoruj zapomnij pomin zapomen* ignorujte glomm* ignorera
    bortse unut* gormezden yoksay dikkate uita ignorati felejts* hagyd`,
  prior: `vorherig* vorige* bisherig* obig* vorangegangen* vorangehend* fruher* davor precedent* anterieur*
    dessus anterior* previa* previo* antes precedent* antecedent* vorig* eerdere bovenstaande voorgaande poprzedni*
    wczesniejsz* powyzsz* predchozi* predesl* tidigare foregaende ovanstaende onceki yukaridaki eski anterioar* elozo*
    korabbi*`,
  all: `alle alles alle* samtlich* tout toute toutes tous todo todas todos toda tudo tutte tutti tutto ogni wszystk*
    vsechn* alla allt tum butun hepsini toate minden*`,
  instruction: `anweisung* instruktion* regel* vorgabe* befehl* aufforderung* richtlinie* angaben aufgaben consigne*
    instruction* directive* regle* instruccion* instrucoes instrucao ordenes reglas regras directrices comandos
    istruzion* regole direttive instructie* regels opdracht* instrukcj* polecen* zasad* instrukc* pokyn* pravidl*
    instruktioner regler talimat* kural* komut* instructiuni* reguli utasitas* szabaly*`,
  limit: `einschrankung* beschrankung* ethik* moral* filter zensur restriction* limite* censure ethique restriccion*
    limitacion* etica censura restric* filtros restrizion* limiti beperking* ogranicz* omezen* begransning*
    kisitlama* sinir* sansur restrictii korlat*`,
  free: `uneingeschrankt* unzensiert* sans-limite illimite* sin-censura ilimitad* illegal* ilegal* illegale illimitat*
    senza-filtri onbeperkt nieograniczon* neomezen* sinirsiz`,
  reveal: `zeig* verrat* wiederhol* gib geben ausgeben drucke* offenbar* nenne sag revele* montre* affiche* repete*
    divulgu* dis imprime* muestra* revela* repite* repita* muestre dime diga mostra* exiba mostre divulga* stampa*
    rivela* ripeti* dimmi toon onthul* herhaal* vertel pokaz* ujawnij wyswietl powtorz ukaz* zobraz* prozrad* zopakuj*
    visa avsloja upprepa goster* acikla tekrarla yazdir arata* dezvaluie repeta mutasd aruld ismeteld`,
  secret: `geheim* passwort* kennwort* schlussel mot-de-passe secret* confidentiel* contrasen* secreto* clave* senha*
    segredo* confidencia* parola* segreto* segreta riservat* wachtwoord* geheim* haslo* hasla tajn* heslo losenord*
    hemlig* sifre* gizli parol* jelszo* titkos*`,
  system: `systemprompt* systemaufforderung* entwicklermodus entwickler* administrator* systeme developpeur* sistema
    administrador* desarrollador* desenvolvedor* amministratore sviluppatore systeem* ontwikkelaar* systemow*
    programist* systemov* vyvojar* systemet utvecklar* sistem* gelistirici* yonetici rendszer* fejleszto*`,
  model: `ki sprachmodell* assistent* kunstliche modele* ia iaa modelo* asistente* assistente modello* taalmodel* model*
    asystent* sztuczn* asistent* yapay zeka asistan* mesterseges`,
  persona: `spiel* verhalte schlupf* tu* rolle stell pretend* fais agis joue* role imagine* incarne* actua* finge*
    imagina* papel comportate atue finja interprete fingi* comporta* immagina* interpreta* doe gedraag speel zachowuj
    udawaj wyobraz odgrywaj predstirej chovej predstav agera lat-sas rol davran canlandir prefa-te viselkedj kepzeld`,
  not: `nicht kein* niemals nie ohne ne pas jamais aucun* sans no nunca jamas sin ningun* nao nunca sem nenhum* non mai
    senza nessun* niet geen nooit zonder nie nigdy bez zadn* ne nikdy inte aldrig utan ingen* degil asla yok nu
    niciodata fara nem soha nelkul`,
  always: `immer musst mussen nur unbedingt toujours dois devez seulement siempre debes debe solo sempre deve devi
    soltanto altijd moet alleen zawsze musisz tylko vzdy musis jen alltid maste bara her-zaman yalnizca sadece mindig
    csak`,
  now: `jetzt nun ab stattdessen neue* neuen folgende* maintenant desormais plutot nouvelle* nouveau* ahora nueva*
    nuevo* lugar siguiente* agora nova* novo* seguinte* adesso ora nuova* nuovo* seguent* nu nieuwe volgende teraz
    odtad nowe* nowych zamiast nyni misto nove* novych istallet nya simdi bundan yeni acum noua most ezentul uj`,
  say: `antwort* schreib* sage repond* reponse* ecri* dites respond* respuesta* escribe* escriba responda resposta*
    escreva rispond* risposta* scrivi antwoord* schrijf odpowied* napisz odpovez* odpoved* napis* svara skriv cevap*
    yanit* raspunde scrie valaszol* irj irja`,
  you: `du dich dir dein* sie ihr* tu te toi ton tes vous votre vos ti tuyo tus usted* su sus voce seu sua seus tuas
    tuo tua tuoi lei je jij jouw uw ty twoj* ciebie ci tvoj* tebe vy vas sen siz senin sizin tau tale te teged`,
  user: `benutzer* nutzer* kunde* utilisateur* client* usuari* cliente* utente utenti gebruiker* uzytkownik* uzivatel*
    anvandar* kullanici* utilizator* felhasznalo*`,
  send: `sende* schick* weiterleit* envoi* envoye* transfer* envia* envie* mande* mandar reenvi* encaminh* invia*
    inoltra* manda* stuur* verzend* wyslij przeslij posli* odesli* skicka* gonder* trimite* kuldd* kuldj*`,
  pay: `uberweis* bezahl* zahle virement paye* payer transfiere* paga* pague transfira* bonifico trasferisci betaal*
    przelej zaplac prevod* zaplat* betala* havale ode odeme plateste utalj* fizess*`,
  destroy: `losch* entfern* supprim* efface* borra* elimin* apag* exclua remova cancell* rimuovi verwijder* usun skasuj
    smaz* odstran* radera ta-bort sil kaldir sterge torold`,
  urgent: `wichtig* dringend* sofort* achtung important* urgent* immediat* attention importante* inmediat* atencion
    atencao imediat* attenzione immediat* belangrijk* dringend wazne pilne natychmiast dulezit* viktigt bradskande
    onemli acil hemen urgent* fontos surgos`,
  please: `bitte merci-de veuillez plait favor prosze prosim lutfen alstublieft alsjeblieft snalla varog kerlek kerem
    por-favor`,
  ask: `was wer wie warum wo wann welche* kannst konnen quoi qui comment pourquoi quel* quelle* ou quand est-ce que
    como quien donde cuando cual* puedes puede onde quando qual pode quem cosa chi dove quale puoi perche wat wie waar
    hoe waarom kun co kto jak gdzie dlaczego kde proc vad vem hur varfor ne kim nasil nerede neden mi ce cine cum unde
    mit ki hogyan hol miert`,
}
