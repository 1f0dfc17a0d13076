using System.Globalization;

using FastRnn.Kernels;

namespace FastRnn.Inference;

/// <summary>From the outputs of a model with <c>[Ctc]</c> to labels. Outputs are those of one sequence, <c>[T, C]</c>: logits, or
/// logarithms of probabilities.</summary>
public static class CtcDecoder
{
    /// <summary>The most probable class of each step, without repetitions and blanks: the most probable way, which need not be among those
    /// of the most probable labels.</summary>
    /// <param name="outputs"><c>[T, C]</c>; probabilities are as welcome.</param>
    /// <param name="classes">C, the blank (class 0) among them; at least 2.</param>
    /// <param name="labels">Receives the labels; room for T of them.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">A span has another length, or an output is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
    public static int Greedy(ReadOnlySpan<float> outputs, int classes, Span<int> labels)
    {
        var steps = Steps(outputs, classes, labels);
        var (count, before) = (0, 0);
        for (var t = 0; t < steps; t++)
        {
            var best = Sampler.MostProbable(outputs.Slice(t * classes, classes));
            if (best != 0 && best != before)
            {
                labels[count++] = best;
            }

            before = best;
        }

        return count;
    }

    /// <summary>The most probable labels that a search finds which goes on, from step to step, with the most probable beginnings, each with
    /// all ways that lead to it (prefix beam search, Graves 2008 and Hannun et al. 2014). Of equally probable ones that which was found
    /// first; the same on every machine. It allocates.</summary>
    /// <param name="outputs"><c>[T, C]</c>.</param>
    /// <param name="classes">C, the blank (class 0) among them; at least 2.</param>
    /// <param name="width">Beginnings that are followed, at least 1.</param>
    /// <param name="labels">Receives the labels; room for T of them.</param>
    /// <param name="logProbability">Receives the logarithm of their probability, of the ways that were followed: a model's loss, negated,
    /// if none was lost.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">A span has another length, or an output is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2 or <paramref name="width"/> below 1.</exception>
    public static int BeamSearch(
        ReadOnlySpan<float> outputs, int classes, int width, Span<int> labels, out double logProbability)
    {
        var steps = Steps(outputs, classes, labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var search = new CtcSearch(width);
        var logs = new double[classes];
        for (var t = 0; t < steps; t++)
        {
            LogProbabilities.Of(outputs.Slice(t * classes, classes), logs);
            search.Step(logs);
        }

        return search.Best(labels, out logProbability);
    }

    /// <summary>Labels that must be put in, taken away or exchanged to make one sequence of another (Levenshtein 1966): a symbol error rate
    /// is their number divided by that of the expected labels.</summary>
    /// <param name="labels">What was said.</param>
    /// <param name="expected">What should have been.</param>
    public static int Errors(ReadOnlySpan<int> labels, ReadOnlySpan<int> expected) =>
        EditDistance.Of(labels, expected, new int[expected.Length + 1]);

    private static int Steps(ReadOnlySpan<float> outputs, int classes, Span<int> labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var steps = Execution.ArgumentCheck.Steps(outputs.Length, classes, nameof(outputs), "[T, C]");
        return labels.Length >= steps ? steps : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"labels: expected room for {steps}, one a step, got {labels.Length}."), nameof(labels));
    }
}
