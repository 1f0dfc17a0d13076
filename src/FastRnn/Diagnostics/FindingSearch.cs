using System.Globalization;

using FastRnn.CompilerServices;
using FastRnn.Execution;

namespace FastRnn.Diagnostics;

/// <summary>What is wrong with a recorded step, and where it began.</summary>
internal sealed unsafe class FindingSearch(RecordedPass pass)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private Runner Runner => pass.Run.Runner;

    private ModelInfo Info => Runner.Info;

    private int Steps => Longest(TimeDomain.Main);

    /// <summary>The first number that is not finite or has exploded, in parameters, input and states; null if there is none.</summary>
    public Finding? Forward(FindingBounds bounds) => FindParameter() ?? FindInput() ?? FindState(bounds);

    /// <summary>After the backward pass: the same in losses and gradients.</summary>
    public Finding Backward(FindingBounds bounds) => FindLoss() ?? FindGradient(bounds);

    /// <summary>The norm of the gradient of a state over all rows and units.</summary>
    public double GradientNorm(int layer, int state, int t)
    {
        var (time, size, sum) = (TimeOf(layer), Info.Layers[layer].States[state].Size, 0.0);
        for (var row = 0; row < time.Count; row++)
        {
            if (t <= time.Length[row])
            {
                foreach (var value in new ReadOnlySpan<float>(pass.Run.Backward.History!.At(layer, state, row, t), size))
                {
                    sum += (double)value * value;
                }
            }
        }

        return Math.Sqrt(sum);
    }

    private Finding? FindParameter()
    {
        var parameters = Runner.Model.Parameters;
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
            string.Create(
                Culture,
                $"Number {unit} of {name}{Of(layer)} is {parameters[index]}: an update made it so. Load the model again, "
                + $"with a smaller learning rate."),
            layer, name, -1, -1, unit, parameters[index]);
    }

    private Finding? FindInput()
    {
        var time = Runner.Plan[TimeDomain.Main];
        if (Runner.Workspace.MainInput == null)
        {
            return null;
        }

        var rows = Runner.Workspace.Values(LayerWiring.MainInput, 0);
        for (var t = 0; t < Steps; t++)
        {
            for (var sequence = 0; sequence < time.Count; sequence++)
            {
                var row = time.Row[sequence];
                if (t < time.Length[row] && FirstNotFinite(new ReadOnlySpan<float>(rows.At(t, row), Info.InputSize)) is >= 0 and var unit)
                {
                    var value = rows.At(t, row)[unit];
                    return new Finding(
                        FindingKind.Input,
                        string.Create(
                            Culture,
                            $"Input {unit} of step {t}, row {sequence} is {value}."), -1, "x", t, sequence, unit, value);
                }
            }
        }

        return null;
    }

    /// <summary>In the order of time, within a step from the first layer to the last.</summary>
    private Finding? FindState(FindingBounds bounds)
    {
        for (var t = 0; t <= Info.Layers.Select((_, l) => LongestOf(l)).Max(); t++)
        {
            foreach (var step in Runner.Workspace.Steps.Where(step => !step.IsSkipped && t <= LongestOf(step.Index)))
            {
                for (var s = 0; s < step.Info.States.Count; s++)
                {
                    if ((t > 0 || step.Info.IsRecurrent) && FindState(step.Index, s, t, bounds) is { } finding)
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
        var (info, time) = (Info.Layers[layer].States[state], TimeOf(layer));
        for (var sequence = 0; sequence < time.Count; sequence++)
        {
            var row = time.Row[sequence];
            if (t > time.Length[row])
            {
                continue;
            }

            var values = new ReadOnlySpan<float>(Runner.Workspace.StateAt(layer, state, row, t), info.Size);
            if (FirstNotFinite(values) is >= 0 and var unit)
            {
                var when = t == 0 ? "as it was carried into the step" : string.Create(Culture, $"after step {t} of {LongestOf(layer)}");
                return new Finding(
                    t == 0 ? FindingKind.InitialState : FindingKind.State,
                    string.Create(
                        Culture,
                        $"Unit {unit} of {info.Name}{Of(layer)} is {values[unit]} in row {sequence}, {when}: everything before is finite."),
                    layer, info.Name, t, sequence, unit, values[unit]);
            }

            var norm = Norm(values);
            if (norm > bounds.StateNorm && Info.Layers[layer].IsRecurrent)
            {
                return new Finding(
                    FindingKind.StateExplosion,
                    string.Create(
                        Culture,
                        $"The norm of {info.Name}{Of(layer)} is {norm:g4} in row {sequence} after step {t} of {LongestOf(layer)}, "
                        + $"above {bounds.StateNorm}, for the first time."),
                    layer, info.Name, t, sequence, -1, norm);
            }
        }

        return null;
    }

    private Finding? FindLoss()
    {
        var time = Runner.Plan[Info.OutputDomain];
        for (var t = 0; t < Longest(Info.OutputDomain); t++)
        {
            for (var sequence = 0; sequence < time.Count; sequence++)
            {
                if (t < time.Length[time.Row[sequence]] && pass.Run.Loss.At(time.Row[sequence], t) is var value && !double.IsFinite(value))
                {
                    return new Finding(
                        FindingKind.Loss,
                        string.Create(
                            Culture,
                            $"The loss of step {t}, row {sequence} is {value}, though its outputs are finite: look at its target."), -1, "",
                        t, sequence, -1, value);
                }
            }
        }

        return null;
    }

    private Finding FindGradient(FindingBounds bounds)
    {
        var largest = (Norm: 0.0, Layer: -1, State: 0, Step: 0);
        for (var l = Info.Layers.Count - 1; l >= 0; l--)
        {
            for (var t = LongestOf(l); t >= 0 && Info.Layers[l].IsRecurrent; t--)
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
            : string.Create(Culture, $"Everything is finite. The largest gradient of a state is that of "
                + $"{Info.Layers[largest.Layer].States[largest.State].Name}{Of(largest.Layer)} after step {largest.Step} "
                + $"of {LongestOf(largest.Layer)}: {largest.Norm:g4}."));
    }

    private Finding OfGradient(int layer, int state, int t, double norm, FindingBounds bounds)
    {
        var info = Info.Layers[layer].States[state];
        var time = TimeOf(layer);
        for (var row = 0; row < time.Count; row++)
        {
            if (t > time.Length[time.Row[row]])
            {
                continue;
            }

            var values = new ReadOnlySpan<float>(pass.Run.Backward.History!.At(layer, state, time.Row[row], t), info.Size);
            if (FirstNotFinite(values) is >= 0 and var unit)
            {
                return new Finding(
                    FindingKind.Gradient,
                    string.Create(
                        Culture,
                        $"On its way back the gradient of unit {unit} of {info.Name}{Of(layer)} became {values[unit]} in row {row}, "
                        + $"after step {t} of {LongestOf(layer)}. Clip the norm, or shorten the window."),
                    layer, info.Name, t, row, unit, values[unit]);
            }
        }

        return new Finding(
            FindingKind.GradientExplosion,
            string.Create(
                Culture,
                $"On its way back the norm of the gradient of {info.Name}{Of(layer)} grew to {norm:g4}, above {bounds.GradientNorm}, "
                + $"after step {t} of {LongestOf(layer)}: {LongestOf(layer) - t} steps before the end."),
            layer, info.Name, t, -1, -1, norm);
    }

    private TimeRows TimeOf(int layer) => Runner.Plan[Runner.Workspace.Steps[layer].Time];

    private int LongestOf(int layer) => Longest(Runner.Workspace.Steps[layer].Time);

    private int Longest(TimeDomain time) => new ReadOnlySpan<int>(Runner.Plan[time].Length, Runner.Plan.Count).ToArray().Max();

    private string Of(int layer) => layer < 0 ? "" : string.Create(Culture, $" of layer {layer} ({Info.Layers[layer].Cell})");

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
