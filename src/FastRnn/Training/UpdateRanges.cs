using System.Globalization;

using FastRnn.Memory;

namespace FastRnn.Training;

/// <summary>Which stretches of all parameters are updated in which way.</summary>
internal sealed unsafe class UpdateRanges
{
    private readonly UpdateRange[] ranges;

    /// <exception cref="ArgumentException">A group names no parameter or sets nothing that there is, or nothing would be
    /// trained.</exception>
    public UpdateRanges(ModelInfo info, IReadOnlyList<ParameterGroup> groups, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var texts = new List<string>();
        ranges = groups.Count == 0 ? [new(0, info.ParameterCount, IsFrozen: false, RateFactor: 1, Decay: null)]
            : Merge(info, groups, optimizer, texts);

        // Whole vectors run over the end.
        ranges[^1] = ranges[^1] with { End = Padding.RoundUp(ranges[^1].End) };
        Text = string.Join("; ", texts);
    }

    /// <summary>What differs from the optimizer's own numbers, for a checkpoint; empty if nothing does.</summary>
    public string Text { get; }

    /// <summary>Updates the parameters from <paramref name="begin"/> to <paramref name="end"/>, multiples of 16.</summary>
    public void Update(Optimizer optimizer, SimdWidth width, in OptimizerCall call, nint begin, nint end)
    {
        if (ranges.Length == 1 && Text.Length == 0)
        {
            optimizer.Update(width, call, begin, end);
            return;
        }

        foreach (var range in ranges)
        {
            var (from, to) = (Math.Max(begin, range.Begin), Math.Min(end, range.End));
            if (from < to && !range.IsFrozen)
            {
                var own = call;
                own.LearningRate = optimizer.LearningRate * range.RateFactor;
                own.WeightDecay = range.Decay;
                UpdateRange(optimizer, width, in own, from, to);
            }
        }
    }

    /// <summary>Gradients of frozen parameters from <paramref name="begin"/> to <paramref name="end"/> become 0.</summary>
    public void ClearFrozen(float* gradients, nint begin, nint end)
    {
        foreach (var range in ranges)
        {
            var (from, to) = (Math.Max(begin, range.Begin), Math.Min(end, range.End));
            if (from < to && range.IsFrozen)
            {
                new Span<float>(gradients + from, (int)(to - from)).Clear();
            }
        }
    }

    /// <summary>A stretch that begins and ends anywhere: whole vectors as ever, the others in a copy.</summary>
    private static void UpdateRange(Optimizer optimizer, SimdWidth width, in OptimizerCall call, nint begin, nint end)
    {
        var (first, last) = ((begin + Padding.Unit - 1) / Padding.Unit * Padding.Unit, end / Padding.Unit * Padding.Unit);
        if (optimizer.TakesAnyRange || (begin == first && end == last))
        {
            optimizer.Update(width, call, begin, end);
            return;
        }

        if (first > last)
        {
            UpdateCopy(optimizer, width, in call, last, begin, end);
            return;
        }

        if (begin < first)
        {
            UpdateCopy(optimizer, width, in call, first - Padding.Unit, begin, first);
        }

        if (first < last)
        {
            optimizer.Update(width, call, first, last);
        }

        if (last < end)
        {
            UpdateCopy(optimizer, width, in call, last, last, end);
        }
    }

    /// <summary>Updates some of the 16 parameters from <paramref name="block"/> on.</summary>
    private static void UpdateCopy(Optimizer optimizer, SimdWidth width, in OptimizerCall call, nint block, nint begin, nint end)
    {
        var copy = stackalloc float[4 * Padding.Unit];
        var own = call;
        own.Parameters = Take(call.Parameters, copy);
        own.Gradients = Take(call.Gradients, copy + Padding.Unit);
        own.State0 = Take(call.State0, copy + (2 * Padding.Unit));
        own.State1 = Take(call.State1, copy + (3 * Padding.Unit));
        optimizer.Update(width, own, block, block + Padding.Unit);
        Give(own.Parameters, call.Parameters);
        Give(own.State0, call.State0);
        Give(own.State1, call.State1);

        // The copy as if it began where the whole does.
        float* Take(float* from, float* to)
        {
            if (from == null)
            {
                return null;
            }

            new Span<float>(from + block, Padding.Unit).CopyTo(new Span<float>(to, Padding.Unit));
            return to - block;
        }

        void Give(float* from, float* to)
        {
            if (from != null)
            {
                new Span<float>(from + begin, (int)(end - begin)).CopyTo(new Span<float>(to + begin, (int)(end - begin)));
            }
        }
    }

    /// <summary>One range for neighbours that are updated in one way.</summary>
    private static UpdateRange[] Merge(ModelInfo info, IReadOnlyList<ParameterGroup> groups, Optimizer optimizer, List<string> texts)
    {
        var (parameters, merged) = (TrainedParameter.Of(info), new List<UpdateRange>());
        foreach (var group in groups)
        {
            ArgumentNullException.ThrowIfNull(group);
            group.Check(optimizer);
            if (!parameters.Any(p => group.Has(p.Parameter)))
            {
                throw new ArgumentException(
                    $"Groups: '{group.Name}' names no parameter of {info.Name}, which has {Names(parameters.Select(p => p.Parameter))}.");
            }
        }

        foreach (var (parameter, offset) in parameters)
        {
            var own = groups.Where(group => group.Has(parameter)).ToList();
            var range = new UpdateRange(
                offset,
                offset + parameter.Count,
                own.Select(group => group.IsFrozen).LastOrDefault(value => value is not null) ?? false,
                own.Select(group => group.LearningRateFactor).LastOrDefault(value => value is not null) ?? 1,
                own.Select(group => group.WeightDecay).LastOrDefault(value => value is not null));
            if (range.Text.Length > 0)
            {
                texts.Add($"{parameter.Name} {range.Text}");
            }

            if (merged.Count > 0 && merged[^1] with { Begin = range.Begin, End = range.End } == range)
            {
                merged[^1] = merged[^1] with { End = range.End };
            }
            else
            {
                merged.Add(range);
            }
        }

        if (merged.All(range => range.IsFrozen))
        {
            throw new ArgumentException($"Groups: all parameters of {info.Name} are frozen, and nothing would be trained.");
        }

        return [.. merged];
    }

    private static string Names(IEnumerable<TrainedParameter> parameters)
    {
        const int Most = 24;
        var names = parameters.Select(parameter => parameter.Name).ToList();
        return string.Join(", ", names.Take(Most))
            + (names.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - Most} more") : "");
    }
}
