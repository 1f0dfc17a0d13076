namespace FastRnn.Samples.Common;

/// <summary>What every sample understands.</summary>
internal sealed class CommonOptions
{
    public static readonly IReadOnlyList<Option> All =
    [
        new("steps", "N", "train for N steps"),
        new("seconds", "S", "train for S seconds; results then depend on the machine"),
        new("seed", "N", "another seed: other data, other first weights (1)"),
        new("quick", null, "the short version: a few seconds, a modest goal"),
        new("out", "FOLDER", "where files are written, if the sample writes any (artifacts/samples/NAME)"),
        new("json", null, "the last line is one JSON object"),
        new("help", null, "this list"),
    ];

    /// <exception cref="SampleException">A value is out of its range, or two options contradict one another.</exception>
    public CommonOptions(string sample, Options options)
    {
        Steps = options.Number("steps", 1, int.MaxValue);
        Seconds = options.Number("seconds", 0.001, 86_400);
        Seed = options.Number("seed", 0, int.MaxValue) ?? 1;
        Quick = options.Has("quick");
        Json = options.Has("json");
        Out = options.Text("out") ?? Path.Combine("artifacts", "samples", sample);
        if (Steps is not null && Seconds is not null)
        {
            throw SampleException.Usage("--steps and --seconds: expected one of them, got both");
        }
    }

    public int? Steps { get; }

    public double? Seconds { get; }

    public int Seed { get; }

    public bool Quick { get; }

    public bool Json { get; }

    public string Out { get; }
}
