namespace FastRnn.Interchange.Export;

/// <summary>What an exported file looks like from outside.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>Whether sequences are <c>[B, T, ...]</c> instead of <c>[T, B, ...]</c>.</summary>
    public bool BatchFirst { get; init; }

    /// <summary>Whether the states with which sequences begin are inputs (<c>h0_l0</c>, <c>c0_l0</c>: <c>[directions, B, H]</c>) and those
    /// with which they end are outputs (<c>hn_l0</c>, <c>cn_l0</c>), so that a stream can go on where it stopped.</summary>
    public bool States { get; init; }
}
