import { anyOf, phrases, unspaced } from '../phrases.ts'
import type { RefusalPhrases } from './phrases.ts'

export const polish: RefusalPhrases = {
  refuses: phrases(
    'odmawiam|muszę odmówić|wolałbym nie|wolałabym nie',
    'sprzeczn[ea] z (?:moimi|naszymi|zasadami|wytycznymi)|narusza (?:moje|nasze|zasady|wytyczne)',
    'mogę (?:tylko|jedynie) (?:pomóc|odpowiadać)',
  ),
  unable: phrases(
    'nie (?:mogę|będę|mógłbym|mogłabym|możemy|chcę|zamierzam|potrafię|wolno mi|powinienem|powinnam)',
    'nie jestem (?:niestety )?(?:w stanie|upoważnion[ya]|uprawnion[ya]|zdoln[ya])',
    'nie (?:udzielam|pomagam|tworzę|piszę|podaję|udostępniam)',
    'nie mam (?:uprawnień|możliwości|dostępu|prawa)',
  ),
  namesDeed: anyOf(`
    udzielam pomagam tworzę piszę podaję udostępniam pomóc pomagać asystować odpowiedzieć odpowiadać podać podawać dać dawać
    udzielić udzielać zapewnić zaoferować napisać pisać stworzyć tworzyć wygenerować generować udostępnić udostępniać ujawnić
    ujawniać wyjaśnić opisać omawiać rozmawiać uczestniczyć spełnić zrobić robić polecić doradzać doradzić przetłumaczyć
    przewidzieć kontynuować wspierać pokazać wykonać przedstawić`),
  abstains: phrases(
    'nie wiem|nie (?:znalazłem|znalazłam|znaleziono|znajduję|mogę znaleźć)',
    'nie (?:wspomina|zawiera|podano|podaje|określa|wynika)|(?:brak|nie ma) (?:informacji|danych|wzmianki)',
    '(?:za mało|niewystarczając[ae]) (?:informacji|danych)',
    'czy (?:możesz|mógłbyś|mogłabyś|może pan|może pani) (?:podać|powiedzieć|doprecyzować)',
  ),
  goesOn: / (?:ale|jednak|niemniej|mimo to|zamiast tego|oto|ogólnie) /,
  refers: / (?:skonsultuj|skontaktuj|proszę|możesz|zwróć się|polecam|sugeruję) /,
}

const JAPANESE_DEED =
  '(?:回答|対応|提供|お手伝い|お力添え|お答え|お応え|お話し|お伝え|ご案内|作成|生成|説明|協力|支援|診断|翻訳|実行|参加|開示|予測)'

export const japanese: RefusalPhrases = {
  refuses: [
    unspaced(/お断り(?:し|いた|させ)|差し控え|控えさせていただ|(?:ポリシー|ガイドライン|規約|方針)に(?:違反|反)/),
    unspaced(
      /応じかねます|いたしかねます|致しかねます|お(?:答え|応え|手伝い)(?:し|でき)かね|お受けでき(?:ません|かね)/,
    ),
    unspaced(/(?:対応|提供|回答|ご案内)(?:し|いた)て(?:おり|い)ません/),
  ],
  unable: [
    unspaced(new RegExp(`(?:こと|${JAPANESE_DEED})(?:は|が|も)?(?:でき|出来)ま?せん`)),
    unspaced(/わけにはいきません/),
  ],
  namesDeed: (sentence) => JAPANESE_DEEDS.test(sentence),
  abstains: [
    unspaced(/わかりません|分かりません|存じません|見つかり(?:ません|ませんでした)|見つけられません/),
    unspaced(/(?:記載|言及|情報)(?:は|が)(?:あり|ござい|含まれてい)ません|情報が(?:不足|足り)/),
    unspaced(/教えて(?:ください|いただけ)|ご提供ください/),
  ],
  goesOn: /ただし|しかし|ですが|代わりに|一般的に|以下/,
  refers: /ご相談ください|お問い合わせ|ご確認ください|専門家|医師/,
}
const JAPANESE_DEEDS =
  /回答|対応|提供|手伝い|力添え|答え|応え|話し|伝え|案内|作成|作り方|作る|生成|説明|協力|支援|診断|翻訳|実行|書く|教え|議論|助け|アクセス|閲覧|共有|開示|予測|参加/

export const chinese: RefusalPhrases = {
  refuses: [
    unspaced(/我(?:必须|只能|不得不)?拒绝|恕(?:我)?(?:不能|无法|难)|我只能(?:回答|帮助|协助)/),
    unspaced(/违反(?:了)?(?:我|我们|本|相关|使用|内容)[^ ]{0,8}(?:准则|政策|规定|原则|规则)/),
  ],
  unable: [
    unspaced(/我(?:们)?[^ ]{0,6}(?:无法|不能|不可以|没办法|没有办法|不会|不应该|不便|不被允许|没有权限|没有能力)/),
    unspaced(/(?:抱歉|对不起|遗憾)[^ ]{0,6}(?:无法|不能|不便)/),
  ],
  namesDeed: (sentence) => CHINESE_DEEDS.test(sentence),
  abstains: [
    unspaced(/不知道|不清楚|不确定|(?:没有|未能?|找不到|无法)(?:找到|查到|发现)|找不到/),
    unspaced(/(?:没有|未)(?:提到|提及|说明|包含|给出相关)|(?:没有|缺乏|缺少)[^ ]{0,6}(?:信息|资料|数据)/),
    unspaced(/请(?:提供|告诉|说明|补充)|(?:能否|可否|可以)(?:请您|请你)?提供/),
  ],
  goesOn: /但是|不过|然而|但我|以下|一般来说|通常/,
  refers: /咨询|联系|请教|您可以|你可以|建议您|建议你/,
}
const CHINESE_DEEDS =
  /帮助|帮忙|帮您|帮你|协助|提供|回答|完成|生成|创建|制作|撰写|编写|写|给出|透露|泄露|讨论|满足|执行|访问|浏览|分享|告诉|支持|参与|解释|描述|翻译|预测|诊断|做|处理|答复|公开|参加|配合/
