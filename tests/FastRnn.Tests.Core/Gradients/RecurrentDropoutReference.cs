using FastRnn.Cells;
using FastRnn.CompilerServices;
using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Gradients;

/// <summary>Cells whose matrices read a state through a mask that stays for the whole sequence, written out by hand: the mask is a state
/// that no step changes, and the masked state is one more.</summary>
internal static class RecurrentDropoutReference
{
    /// <summary>The same model with the hand-written cells in place of those that drop states, and do not hold them besides.</summary>
    public static ModelInfo In(ModelInfo info) => info with { Layers = [.. info.Layers.Select(Of)] };

    private static LayerInfo Of(LayerInfo layer)
    {
        var starts = layer.Wiring.Starts;
        var masked = starts.ToList().FindIndex(start => start.Kind == StartKind.Masked);
        if (masked < 0 || starts.Any(start => start.Kind == StartKind.Zoneout))
            return layer;

        var mask = starts[masked].State;
        Assert.Equal((0, StartKind.Mask), (starts[masked].Index, starts[mask].Kind));
        return layer with
        {
            CreateReference = parameters => layer.Cell.EndsWith(nameof(Lstm), StringComparison.Ordinal)
                ? new DroppedLstm(parameters, mask, masked)
                : new DroppedGru(parameters, mask, masked),
        };
    }

    /// <summary>An LSTM reads h with its matrices alone, so its equations with the masked state in place of h are all there is to
    /// it.</summary>
    private sealed class DroppedLstm(CellParameters parameters, int mask, int masked) : ICell
    {
        private readonly ICell lstm = new Lstm(parameters);

        public double[][] Step(double[] x, double[][] states)
        {
            var next = lstm.Step(x, [states[masked], states[1]]);
            return Next(states, mask, masked, next);
        }
    }

    /// <summary>A GRU reads h a second time, where the update gate keeps it: that one is whole.</summary>
    private sealed class DroppedGru(CellParameters p, int mask, int masked) : ICell
    {
        private readonly Mat<Hidden, Input> Wr = p.Matrix<Hidden, Input>(0), Wz = p.Matrix<Hidden, Input>(1),
            Wn = p.Matrix<Hidden, Input>(2);
        private readonly Mat<Hidden, Hidden> Ur = p.Matrix<Hidden, Hidden>(3), Uz = p.Matrix<Hidden, Hidden>(4),
            Un = p.Matrix<Hidden, Hidden>(5);
        private readonly Vec<Hidden> br = p.Vector<Hidden>(6), bz = p.Vector<Hidden>(7), bn = p.Vector<Hidden>(8),
            bhn = p.Vector<Hidden>(9);

        public double[][] Step(double[] x, double[][] states)
        {
            var (input, h, dropped) = (new Vec<Input>(x), new Vec<Hidden>(states[0]), new Vec<Hidden>(states[masked]));
            var r = Sigmoid(Wr * input + Ur * dropped + br);
            var z = Sigmoid(Wz * input + Uz * dropped + bz);
            var n = Tanh(Wn * input + bn + r * (Un * dropped + bhn));
            return Next(states, mask, masked, [((1 - z) * n + z * h).ToArray()]);
        }
    }

    private static double[][] Next(double[][] states, int mask, int masked, double[][] own)
    {
        double[][] next = [.. states];
        own.CopyTo(next, 0);
        next[masked] = [.. next[0].Zip(states[mask], (h, m) => h * m)];
        return next;
    }
}
