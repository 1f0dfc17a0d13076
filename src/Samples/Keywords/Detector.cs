namespace FastRnn.Samples.Keywords;

/// <summary>Makes events of the model's outputs: probabilities are averaged over the last frames, a keyword above the threshold is told,
/// and then there is quiet for a while, so that a word is told once (Chen, Parada and Heigold, "Small-footprint keyword spotting using deep
/// neural networks", 2014). Allocates nothing after its creation.</summary>
internal sealed class Detector
{
    public const float DefaultThreshold = 0.5f;

    /// <summary>Frames of the mean, and frames of quiet after a word.</summary>
    public const int Smoothing = 12, Refractory = 40;

    private readonly float threshold;
    private readonly float[] recent = new float[Smoothing * Keyword.Classes], sums = new float[Keyword.Classes];
    private long frame, quietUntil;

    /// <param name="threshold">What the mean probability of a word has to reach, above 0 and up to 1.</param>
    public Detector(float threshold = DefaultThreshold)
    {
        if (!(threshold > 0 && threshold <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Expected a number above 0 and up to 1.");
        }

        this.threshold = threshold;
    }

    /// <summary>Takes the model's outputs for the next frame.</summary>
    /// <param name="logits">Twelve numbers.</param>
    /// <param name="detection">What was heard.</param>
    /// <returns>Whether a keyword was heard at this frame.</returns>
    /// <exception cref="ArgumentException">There are not twelve numbers.</exception>
    public bool Push(ReadOnlySpan<float> logits, out Detection detection)
    {
        if (logits.Length != Keyword.Classes)
        {
            throw new ArgumentException($"Expected {Keyword.Classes} logits, got {logits.Length}.", nameof(logits));
        }

        Softmax(logits, recent.AsSpan((int)(frame % Smoothing) * Keyword.Classes, Keyword.Classes));
        var best = 0;
        for (var c = 0; c < Keyword.Classes; c++)
        {
            // Summed anew each time: a running sum would collect errors for as long as the stream lasts.
            var sum = 0f;
            for (var i = c; i < recent.Length; i += Keyword.Classes)
            {
                sum += recent[i];
            }

            sums[c] = sum;
            best = c < Keyword.Words && sum > sums[best] ? c : best;
        }

        detection = new Detection(best, frame, sums[best] / Smoothing);
        var heard = detection.Score >= threshold && frame >= quietUntil;
        quietUntil = heard ? frame + Refractory : quietUntil;
        frame++;
        return heard;
    }

    /// <summary>The mean probability of a class over the last frames.</summary>
    public float Score(int index) => sums[index] / Smoothing;

    /// <summary>The next frame begins a new stream.</summary>
    public void Reset()
    {
        (frame, quietUntil) = (0, 0);
        recent.AsSpan().Clear();
        sums.AsSpan().Clear();
    }

    private static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        var (largest, sum) = (logits[0], 0f);
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        for (var c = 0; c < logits.Length; c++)
        {
            probabilities[c] = MathF.Exp(logits[c] - largest);
            sum += probabilities[c];
        }

        foreach (ref var probability in probabilities)
        {
            probability /= sum;
        }
    }
}
