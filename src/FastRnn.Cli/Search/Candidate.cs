using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;

namespace FastRnn.Cli.Search;

/// <summary>One of the models that are compared, and how far it came.</summary>
/// <param name="Number">Its place in the order of the options, from 1.</param>
/// <param name="Model">What it is made of.</param>
/// <param name="LearningRate">The largest one.</param>
/// <param name="Folder">Where its training stands.</param>
internal sealed record Candidate(int Number, ByteModelSpec Model, float LearningRate, ModelFolder Folder)
{
    /// <summary>Rounds that it has finished.</summary>
    public int Rounds { get; set; }

    public long Steps { get; set; }

    public int Parameters { get; set; }

    public double BytesPerSecond { get; set; }

    /// <summary>Nats a byte after its last round; null if there was none, or if it diverged.</summary>
    public double? Loss { get; set; }

    /// <summary>Whether its loss became no finite number: it is out.</summary>
    public bool HasDiverged { get; set; }

    /// <summary>Whether there is a model in its folder.</summary>
    public bool IsSaved => File.Exists(Folder.ConfigurationPath);

    public string Title => FormattableString.Invariant($"{Model.Title}, rate {LearningRate}");

    /// <summary>The best first: who came farther, then the smaller loss, then the order of the options.</summary>
    public static IReadOnlyList<Candidate> Rank(IEnumerable<Candidate> candidates) =>
    [
        .. candidates.OrderBy(c => c.HasDiverged).ThenByDescending(c => c.Rounds)
            .ThenBy(c => c.Loss ?? double.PositiveInfinity).ThenBy(c => c.Number),
    ];
}
