namespace FastRnn.Cli.Sampling;

/// <summary>What to write.</summary>
/// <param name="Prompt">What the text begins with.</param>
/// <param name="Length">Bytes after it.</param>
/// <param name="Temperature">0 takes the likeliest byte.</param>
/// <param name="TopK">Among how many to choose; 0 is all.</param>
/// <param name="Seed">Of the choices.</param>
internal sealed record SampleRequest(string Prompt, long Length, float Temperature, int TopK, int Seed);
