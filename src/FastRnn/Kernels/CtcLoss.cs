using FastRnn.Memory;

namespace FastRnn.Kernels;

/// <summary>Connectionist temporal classification (Graves, Fernandez, Gomez and Schmidhuber 2006): the negative logarithm of the
/// probability of a sequence of labels, summed over all ways to lay it along the steps, each label for one step or several, blanks
/// (class 0) where nothing is said and between two labels that are the same. Forward and backward variables are logarithms in double
/// precision, so that no length makes them vanish; each sequence by itself, in one order, so that its bits depend on nothing
/// else.</summary>
internal static unsafe class CtcLoss
{
    /// <summary>Doubles that a sequence of so many steps, labels and classes needs at most.</summary>
    public static nint ScratchOf(int steps, int labels, int classes)
    {
        nint states = (2 * (nint)labels) + 1;
        return checked(((nint)steps * states) + steps + (2 * states) + classes);
    }

    /// <summary>Steps without which labels cannot be said: one for each, and a blank between two that are the same.</summary>
    public static int LeastSteps(ReadOnlySpan<int> labels)
    {
        var least = labels.Length;
        for (var i = 1; i < labels.Length; i++)
        {
            least += labels[i] == labels[i - 1] ? 1 : 0;
        }

        return least;
    }

    /// <summary>The loss of a sequence; its outputs become their gradient.</summary>
    public static double Run(in CtcCall call)
    {
        var states = (2 * call.Count) + 1;
        var alpha = call.Scratch;
        var norms = alpha + ((nint)call.Length * states);
        var beta = norms + call.Length;
        Normalize(in call, norms);
        Forward(in call, alpha, norms, states);
        var last = alpha + ((nint)(call.Length - 1) * states);
        var total = states == 1 ? last[0] : DoubleMath.LogSum(last[states - 1], last[states - 2]);
        Backward(in call, alpha, beta, norms, states, total);
        return -total;
    }

    /// <summary>For each step the logarithm of the sum of the exponentials of its outputs.</summary>
    private static void Normalize(in CtcCall call, double* norms)
    {
        for (var t = 0; t < call.Length; t++)
        {
            var row = call.Rows + call.Steps[t];
            var largest = double.NegativeInfinity;
            for (var k = 0; k < call.Classes; k++)
            {
                // A NaN stays: nothing is above it.
                largest = row[k] > largest || float.IsNaN(row[k]) ? row[k] : largest;
            }

            var sum = 0.0;
            for (var k = 0; k < call.Classes; k++)
            {
                sum += DoubleMath.Exp(row[k] - largest);
            }

            norms[t] = largest + DoubleMath.Log(sum);
        }
    }

    /// <summary>alpha[t, s]: the probability of all ways that are in state s after step t, its output included. Even states are blanks,
    /// state 2 i + 1 is label i.</summary>
    private static void Forward(in CtcCall call, double* alpha, double* norms, int states)
    {
        for (var t = 0; t < call.Length; t++)
        {
            var now = alpha + ((nint)t * states);
            var before = now - states;
            new Span<double>(now, states).Fill(double.NegativeInfinity);

            // From later states the end is reached, and earlier ones are.
            for (int s = Math.Max(0, states - (2 * (call.Length - t))), end = Math.Min(states, 2 * (t + 1)); s < end; s++)
            {
                var sum = t == 0 ? 0 : before[s];
                if (t > 0 && s > 0)
                {
                    sum = DoubleMath.LogSum(sum, before[s - 1]);
                    if (Skips(in call, s))
                    {
                        sum = DoubleMath.LogSum(sum, before[s - 2]);
                    }
                }

                now[s] = sum + (call.Rows[call.Steps[t] + ClassOf(in call, s)] - norms[t]);
            }
        }
    }

    /// <summary>beta[s]: the probability of all that follows a step from state s on. With alpha it gives the probability of each state at
    /// each step, and the gradient is the softmax less what the states say of each class.</summary>
    private static void Backward(in CtcCall call, double* alpha, double* beta, double* norms, int states, double total)
    {
        var (now, next) = ((nint)beta, (nint)(beta + states));
        var said = beta + (2 * states);
        new Span<double>((double*)now, states).Fill(double.NegativeInfinity);
        ((double*)now)[states - 1] = 0;
        if (states > 1)
        {
            ((double*)now)[states - 2] = 0;
        }

        for (var t = call.Length - 1; t >= 0; t--)
        {
            var row = call.Rows + call.Steps[t];
            var after = (double*)now;
            var here = alpha + ((nint)t * states);
            new Span<double>(said, call.Classes).Clear();
            for (var s = 0; s < states; s++)
            {
                said[ClassOf(in call, s)] += DoubleMath.Exp(here[s] + after[s] - total);
                after[s] += row[ClassOf(in call, s)] - norms[t];
            }

            var before = (double*)next;
            for (var s = 0; s < states; s++)
            {
                var sum = after[s];
                if (s + 1 < states)
                {
                    sum = DoubleMath.LogSum(sum, after[s + 1]);
                    if (s + 2 < states && Skips(in call, s + 2))
                    {
                        sum = DoubleMath.LogSum(sum, after[s + 2]);
                    }
                }

                before[s] = sum;
            }

            for (var k = 0; k < call.Classes; k++)
            {
                row[k] = (float)(call.Scale * (DoubleMath.Exp(row[k] - norms[t]) - said[k]));
            }

            VectorRows.Flush(row, Padding.RoundUp(call.Classes));
            (now, next) = (next, now);
        }
    }

    private static int ClassOf(in CtcCall call, int state) => (state & 1) == 0 ? 0 : call.Labels[state / 2];

    /// <summary>Whether a label can follow the one before it without a blank between them.</summary>
    private static bool Skips(in CtcCall call, int state) =>
        (state & 1) != 0 && state > 1 && call.Labels[state / 2] != call.Labels[(state / 2) - 1];
}
