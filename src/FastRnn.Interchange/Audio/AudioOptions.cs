namespace FastRnn.Interchange.Audio;

/// <summary>What a caller may choose of an audio model.</summary>
internal sealed record AudioOptions
{
    /// <summary>Which model of a NAM container, counted from 0; null for the last one, which its player takes.</summary>
    public int? Submodel { get; init; }
}
