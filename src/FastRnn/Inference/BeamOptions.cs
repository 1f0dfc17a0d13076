namespace FastRnn.Inference;

/// <summary>How a <see cref="BeamSearch{TModel}"/> goes about it.</summary>
public sealed record BeamOptions
{
    /// <summary>Beginnings that are followed at once, at least 1; 1 takes the most probable token each time.</summary>
    public int Width { get; init; } = 4;

    /// <summary>How much longer sequences are favoured, 0 to 10: the logarithm of the probability of n tokens is divided by
    /// <c>((5 + n) / 6)^LengthPenalty</c> (Wu et al. 2016, who take 0.6 to 0.7); 0 compares probabilities as they are, which are smaller
    /// with each token.</summary>
    public double LengthPenalty { get; init; } = 0.6;

    /// <summary>The largest T of what an encoder reads.</summary>
    public int SourceLength { get; init; } = 64;

    /// <summary>Of a model of several inputs or heads: what is fed back, and what steps read beside it, for one sequence.</summary>
    public Feedback? Feedback { get; init; }

    /// <summary>The most workers, as for <see cref="RunOptions.Threads"/>.</summary>
    public int Threads { get; init; }

    /// <summary>How weights are kept.</summary>
    public WeightFormat Weights { get; init; }
}
