using System.Globalization;

namespace FastRnn.Diagnostics;

/// <content>What is wrong with a step, and where it began.</content>
public sealed unsafe partial class Inspector<TModel>
{
    /// <summary>After a forward pass: looks for the first number that is not finite or has exploded, in parameters, input, states and the loss, then goes backward
    /// from the declared loss and looks at the gradients.</summary>
    /// <param name="targets"><c>[T, B]</c>: tokens.</param>
    /// <param name="bounds">What counts as an explosion; null for what is not finite alone.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass, or the model declares no such loss.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public Finding Explain(ReadOnlySpan<int> targets, FindingBounds? bounds = null)
    {
        bounds ??= new FindingBounds();
        var before = FindForward(bounds);
        BackwardFromLoss(targets);
        return before ?? FindBackward(bounds);
    }

    /// <summary>After a forward pass: looks for the first number that is not finite or has exploded.</summary>
    /// <param name="targets"><c>[T, B, O]</c>: numbers.</param>
    /// <param name="bounds">What counts as an explosion; null for what is not finite alone.</param>
    /// <inheritdoc cref="Explain(ReadOnlySpan{int}, FindingBounds?)" path="/*[not(self::param)]"/>
    public Finding Explain(ReadOnlySpan<float> targets, FindingBounds? bounds = null)
    {
        bounds ??= new FindingBounds();
        var before = FindForward(bounds);
        BackwardFromLoss(targets);
        return before ?? FindBackward(bounds);
    }

    private Finding? FindForward(FindingBounds bounds)
    {
        CheckRecorded(nameof(Explain));
        return FindParameter() ?? FindInput() ?? FindState(bounds);
    }

    private Finding? FindParameter()
    {
        var parameters = workspace.Model.Parameters;
        var index = FirstNotFinite(parameters);
        if (index < 0)
        {
            return null;
        }

        var layer = Info.Layers.Count - 1;
        while (layer >= 0 && index < Info.Layers[layer].ParameterOffset)
        {
            layer--;
        }

        var offset = layer < 0 ? 0 : Info.Layers[layer].ParameterOffset;
        var parameter = layer < 0 ? null : Info.Layers[layer].Parameters.Last(p => p.Offset <= index - offset);
        var unit = index - offset - (parameter?.Offset ?? 0);
        var name = parameter?.Name ?? "embedding";
        return new Finding(
            FindingKind.Parameter,
            Say($"Number {unit} of {name}{Of(layer)} is {parameters[index]}: an update made it so. Load the model again, with a smaller learning rate."),
            layer, name, -1, -1, unit, parameters[index]);
    }

    private Finding? FindInput()
    {
        var call = workspace.Call(0, 0, Steps, 0, BatchSize);
        for (var position = 0; position < Steps * BatchSize && call.Input != null; position++)
        {
            var x = new ReadOnlySpan<float>(call.Input + (position * call.InputStride), Info.InputSize);
            if (FirstNotFinite(x) is >= 0 and var unit)
            {
                var (t, row) = Math.DivRem(position, BatchSize);
                return new Finding(FindingKind.Input, Say($"Input {unit} of step {t}, row {row} is {x[unit]}."), -1, "x", t, row, unit, x[unit]);
            }
        }

        return null;
    }

    /// <summary>In the order of time, within a step from the first layer to the last.</summary>
    private Finding? FindState(FindingBounds bounds)
    {
        for (var t = 0; t <= Steps; t++)
        {
            for (var l = 0; l < Info.Layers.Count; l++)
            {
                for (var s = 0; s < Info.Layers[l].States.Count; s++)
                {
                    if ((t > 0 || Info.Layers[l].IsRecurrent) && FindState(l, s, t, bounds) is { } finding)
                    {
                        return finding;
                    }
                }
            }
        }

        return null;
    }

    private Finding? FindState(int layer, int state, int t, FindingBounds bounds)
    {
        var info = Info.Layers[layer].States[state];
        ref var buffer = ref workspace[layer].States[state];
        for (var row = 0; row < BatchSize; row++)
        {
            var values = new ReadOnlySpan<float>(buffer.Values + (t * buffer.Step) + ((nint)row * info.PaddedSize), info.Size);
            if (FirstNotFinite(values) is >= 0 and var unit)
            {
                var when = t == 0 ? "as it was carried into the step" : Say($"after step {t} of {Steps}");
                return new Finding(
                    t == 0 ? FindingKind.InitialState : FindingKind.State,
                    Say($"Unit {unit} of {info.Name}{Of(layer)} is {values[unit]} in row {row}, {when}: everything before is finite."),
                    layer, info.Name, t, row, unit, values[unit]);
            }

            var norm = Norm(values);
            if (norm > bounds.StateNorm && Info.Layers[layer].IsRecurrent)
            {
                return new Finding(
                    FindingKind.StateExplosion,
                    Say($"The norm of {info.Name}{Of(layer)} is {norm:g4} in row {row} after step {t} of {Steps}, above {bounds.StateNorm}, for the first time."),
                    layer, info.Name, t, row, -1, norm);
            }
        }

        return null;
    }

    private Finding FindBackward(FindingBounds bounds)
    {
        for (var position = 0; position < Steps * BatchSize; position++)
        {
            if (loss.Of(position) is var value && !double.IsFinite(value))
            {
                var (t, row) = Math.DivRem(position, BatchSize);
                return new Finding(FindingKind.Loss, Say($"The loss of step {t}, row {row} is {value}, though its outputs are finite: look at its target."), -1, "", t, row, -1, value);
            }
        }

        var largest = (Norm: 0.0, Layer: -1, State: 0, Step: 0);
        for (var l = Info.Layers.Count - 1; l >= 0; l--)
        {
            for (var t = Steps; t >= 0 && Info.Layers[l].IsRecurrent; t--)
            {
                for (var s = 0; s < Info.Layers[l].States.Count; s++)
                {
                    var norm = GradientNorm(l, s, t);
                    if (!double.IsFinite(norm) || norm > bounds.GradientNorm)
                    {
                        return OfGradient(l, s, t, norm, bounds);
                    }

                    largest = norm > largest.Norm ? (norm, l, s, t) : largest;
                }
            }
        }

        return new Finding(FindingKind.Nothing, largest.Layer < 0
            ? "Everything is finite, and the gradients of all states are 0."
            : Say($"Everything is finite. The largest gradient of a state is that of {Info.Layers[largest.Layer].States[largest.State].Name}{Of(largest.Layer)} after step {largest.Step} of {Steps}: {largest.Norm:g4}."));
    }

    private Finding OfGradient(int layer, int state, int t, double norm, FindingBounds bounds)
    {
        var info = Info.Layers[layer].States[state];
        for (var row = 0; row < BatchSize; row++)
        {
            var values = new ReadOnlySpan<float>(backward.Gradient(layer, state, t) + ((nint)row * info.PaddedSize), info.Size);
            if (FirstNotFinite(values) is >= 0 and var unit)
            {
                return new Finding(
                    FindingKind.Gradient,
                    Say($"On its way back the gradient of unit {unit} of {info.Name}{Of(layer)} became {values[unit]} in row {row}, after step {t} of {Steps}. Clip the norm, or shorten the window."),
                    layer, info.Name, t, row, unit, values[unit]);
            }
        }

        return new Finding(
            FindingKind.GradientExplosion,
            Say($"On its way back the norm of the gradient of {info.Name}{Of(layer)} grew to {norm:g4}, above {bounds.GradientNorm}, after step {t} of {Steps}: {Steps - t} steps before the end."),
            layer, info.Name, t, -1, -1, norm);
    }

    private static string Of(int layer) => layer < 0 ? "" : Say($" of layer {layer} ({Info.Layers[layer].Cell})");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static int FirstNotFinite(ReadOnlySpan<float> values) => values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);

    private static double Norm(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }
}
