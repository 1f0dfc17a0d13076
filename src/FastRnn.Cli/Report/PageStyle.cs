namespace FastRnn.Cli.Report;

/// <summary>How pages look, in light, in dark and in print.</summary>
internal static class PageStyle
{
    public const string Css = Palette.Css + """
        body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper);
          max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .4rem; }
        p { max-width: 46rem; } .soft { color: var(--soft); }
        figure { margin: 1rem 0; overflow-x: auto; } svg { height: auto; display: block; }
        .plot { width: 100%; max-width: 48rem; } .wide { max-width: none; }
        table { border-collapse: collapse; font-size: .92rem; }
        th, td { padding: .25rem .8rem .25rem 0; text-align: right; border-bottom: 1px solid var(--rule); }
        th:first-child, td:first-child { text-align: left; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid var(--rule); padding: .1rem 0 .1rem .8rem;
          font-size: .85rem; }
        text { font: 12px system-ui, sans-serif; fill: var(--ink); } .title { font-weight: 600; font-size: 14px; }
        .tick { fill: var(--soft); }
        .letter { font: 12px ui-monospace, monospace; text-anchor: middle; } .end { text-anchor: end; }
        .heat, .plus { fill: var(--c0); } .minus { fill: var(--c1); }
        @media print { figure { overflow: visible; break-inside: avoid; } svg { max-width: 100%; } }
        """;
}
