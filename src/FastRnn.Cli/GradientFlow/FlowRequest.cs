namespace FastRnn.Cli.GradientFlow;

/// <summary>What the user asked for.</summary>
internal sealed record FlowRequest
{
    public const int DefaultLength = 200;
    public const int LargestLength = 2000;
    public const int DefaultSteps = 3000;
    public const int LargestSteps = 100_000;
    public const string DefaultOut = "./gradflow.html";

    public required IReadOnlyList<string> Cells { get; init; }

    /// <summary>Steps of a sequence.</summary>
    public int Length { get; init; } = DefaultLength;

    /// <summary>Steps of training; 0 for none.</summary>
    public int Steps { get; init; } = DefaultSteps;

    public int Seed { get; init; } = 1;

    /// <summary>A folder with a trained byte-level model, or null.</summary>
    public string? Model { get; init; }

    /// <summary>The text that it reads, or null.</summary>
    public string? Text { get; init; }

    /// <summary>A layer and a unit of it to show, or null.</summary>
    public (int Layer, int Unit)? Unit { get; init; }

    public string Out { get; init; } = DefaultOut;

    public bool Json { get; init; }
}
