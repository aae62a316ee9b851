import { anyOf, phrases } from '../phrases.ts'
import type { RefusalPhrases } from './phrases.ts'

const GERMAN_NOT = ' ..6 (?:nicht|kein|keine|keinen|keiner|keinem|keinerlei)'
const DUTCH_NOT = ' ..6 (?:niet|geen)'

export const german: RefusalPhrases = {
  refuses: phrases(
    'ich (?:muss|möchte|werde) (?:das |dies |diese anfrage |es )?(?:leider )?ablehnen',
    'ich lehne (?:es|das|dies)|ich weigere mich',
    '(?:verstößt|verstoßen) gegen (?:unsere|meine|die)',
    'gegen (?:unsere|meine|die) (?:richtlinien|regeln|grundsätze|prinzipien|vorgaben)',
    'ich (?:kann|darf) (?:nur|ausschließlich) (?:fragen|bei|zu)',
    'nicht (?:angemessen|vertretbar) wenn ich',
  ),
  unable: phrases(
    `(?:kann|darf|werde|möchte|will|könnte) (?:ich|wir)${GERMAN_NOT}`,
    `(?:ich|wir) (?:kann|darf|werde|möchte|will|können|dürfen|werden)${GERMAN_NOT}`,
    `(?:ich|wir)${GERMAN_NOT} ..4 (?:kann|darf|werde|möchte|können|dürfen)`,
    '(?:ich bin|bin ich)(?: leider)? nicht (?:in der lage|befugt|berechtigt|autorisiert|dafür|dazu)',
    '(?:ist|wäre) (?:es )?mir(?: leider)? (?:nicht|untersagt)',
    `(?:unterstütze|helfe|schreibe|erstelle|verfasse|mache|erteile|gebe) ich${GERMAN_NOT}`,
    `ich (?:unterstütze|helfe|schreibe|erstelle|verfasse|mache|erteile|gebe)${GERMAN_NOT}`,
  ),
  namesDeed: anyOf(`
    helfen helfe schreibe erstelle verfasse mache erteile gebe behilflich unterstütz* weiterhelfen erfüllen nachkommen
    entsprechen beantworten antworten schreiben verfassen erstell* bereitzustellen bereitstellen anbieten geben erteilen
    auskunft stellen äußern beteiligen mitmachen teilen weitergeben preisgeben verraten nennen erklären beschreiben anleit*
    erzeugen generieren ausführen durchführen machen tun besprechen diskutieren sprechen empfehlen öffnen abrufen zugreifen
    vorhersagen übersetzen liefern produzieren zeigen verbreiten`),
  abstains: phrases(
    'weiß (?:ich|es)|ich weiß|nichts gefunden|nicht (?:gefunden|finden)',
    'keine? (?:angaben?|informationen?|hinweise?|treffer|daten|auskunft darüber)',
    'nicht (?:erwähnt|genannt|enthalten|hervor|genug|genügend)|zu wenige?',
    '(?:aus|in|anhand|laut) (?:den|dem|der|diesen|diesem) ..1 (?:unterlagen|dokumenten?|text(?:en)?|quellen|kontext|angaben|artikeln?|auszügen)',
    '(?:nennen|teilen|geben|schicken|senden) sie mir',
  ),
  goesOn:
    / (?:aber|jedoch|allerdings|trotzdem|dennoch|stattdessen|hier (?:ist|sind)|im allgemeinen|allgemein|grundsätzlich|folgendes) /,
  refers:
    / (?:wenden sie|bitte|sie (?:können|könnten|sollten)|du (?:kannst|könntest|solltest)|konsultieren|fragen sie|ich (?:empfehle|rate)) /,
}

export const dutch: RefusalPhrases = {
  refuses: phrases(
    'ik (?:moet|wil|zal) (?:dit |dat |dit verzoek )?(?:helaas )?(?:weigeren|afwijzen)|ik weiger',
    'in strijd met (?:mijn|onze|de)|tegen (?:mijn|onze|de) (?:richtlijnen|regels|principes)',
    'ik kan alleen (?:helpen|vragen)',
  ),
  unable: phrases(
    `(?:kan|mag|zal|ga|wil) (?:ik|wij|we)${DUTCH_NOT}`,
    `(?:ik|wij|we) (?:kan|mag|zal|ga|wil|kunnen|mogen)${DUTCH_NOT}`,
    '(?:ik ben|ben ik)(?: helaas)? niet (?:in staat|bevoegd|gemachtigd)',
    'mij niet (?:mogelijk|toegestaan)',
    `ik (?:help|schrijf|maak|geef|deel)${DUTCH_NOT}`,
  ),
  namesDeed: anyOf(`
    helpen help schrijf maak geef deel assisteren ondersteunen voldoen beantwoorden antwoorden schrijven opstellen maken geven
    verstrekken bieden delen onthullen noemen uitleggen beschrijven genereren uitvoeren doen bespreken praten aanraden
    adviseren openen voorspellen vertalen leveren tonen meedoen meewerken advies`),
  abstains: phrases(
    'weet ik(?: het)? niet|ik weet(?: het)? niet|niets (?:gevonden|over)',
    'niet (?:gevonden|vinden|vermeld|genoemd|genoeg)|staat niets|onvoldoende',
    'geen (?:informatie|gegevens|vermelding)',
    '(?:in|uit|op basis van) (?:de|het|deze) ..1 (?:documenten|document|tekst|bronnen|context)',
    'kunt u (?:mij )?(?:meer )?(?:geven|delen|vertellen)',
  ),
  goesOn: / (?:maar|echter|toch|niettemin|in plaats daarvan|hier (?:is|zijn)|in het algemeen) /,
  refers: / (?:raadpleeg|neem contact|u kunt|je kunt|je kan|alstublieft|vraag|ik raad) /,
}
