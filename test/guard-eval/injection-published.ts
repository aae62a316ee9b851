/**
 * What the makers of other detectors have published. Their sets are not ours, so the figures say what is to be had
 * elsewhere, not who is better. Where nothing was found for a model there is no row.
 */
export const PUBLISHED: readonly { model: string; figure: string; source: string }[] = [
  {
    model: 'Llama Prompt Guard 2 86M',
    figure:
      'AUC 0.998 (English), 0.995 (multilingual); recall 97.5 % at 1 % false positives; 92.4 ms for 512 tokens on an A100',
    source: 'https://github.com/meta-llama/PurpleLlama/blob/main/Llama-Prompt-Guard-2/86M/MODEL_CARD.md',
  },
  {
    model: 'Llama Prompt Guard 2 22M',
    figure:
      'AUC 0.995 (English), 0.942 (multilingual); recall 88.7 % at 1 % false positives; 19.3 ms for 512 tokens on an A100',
    source: 'https://github.com/meta-llama/PurpleLlama/blob/main/Llama-Prompt-Guard-2/86M/MODEL_CARD.md',
  },
  {
    model: 'Llama Prompt Guard 2 86M / 22M, ProtectAI',
    figure: 'AgentDojo, attacks prevented at 3 % lost utility: 81.2 % / 78.4 %, 22.2 %',
    source: 'https://github.com/meta-llama/PurpleLlama/blob/main/Llama-Prompt-Guard-2/86M/MODEL_CARD.md',
  },
  {
    model: 'PIGuard (InjecGuard), 184M',
    figure: 'NotInject (benign with trigger words) accuracy 87.32 %; average over its benchmarks 83.48 %',
    source: 'https://arxiv.org/abs/2410.22770',
  },
  {
    model: 'Lakera Guard',
    figure: 'PINT score 95.22 % (2025-05-02)',
    source: 'https://github.com/lakeraai/pint-benchmark',
  },
  {
    model: 'ProtectAI deberta-v3-base-prompt-injection-v2',
    figure: 'PINT score 79.14 % (2025-05-02)',
    source: 'https://github.com/lakeraai/pint-benchmark',
  },
  {
    model: 'Llama Prompt Guard 2 86M',
    figure: 'PINT score 78.76 % (2025-05-05)',
    source: 'https://github.com/lakeraai/pint-benchmark',
  },
]
