using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Networks;

/// <summary>Inputs and outputs of a file in the layout of its signature.</summary>
internal static class Ports
{
    /// <summary>The size of a dimension; 1 if there is none.</summary>
    public static int Size(Tensor tensor, IReadOnlyList<Axis> axes, Axis axis)
    {
        Assert.Equal(axes.Count, tensor.Rank);
        var at = axes.ToList().IndexOf(axis);
        return at < 0 ? 1 : tensor.Shape[at];
    }

    public static double[][][] Read(Tensor tensor, IReadOnlyList<Axis> axes, int batch, int steps, int features) =>
        [.. Enumerable.Range(0, batch).Select(b => Enumerable.Range(0, steps).Select(t => Enumerable.Range(0, features).Select(f =>
            tensor.Values[Offset(tensor.Shape, axes, b, t, f, 0)]).ToArray()).ToArray())];

    public static double[][] ReadState(Tensor tensor, StatePort port, int slice, int batch)
    {
        var features = Size(tensor, port.Axes, Axis.Feature);
        return [.. Enumerable.Range(0, batch).Select(b => Enumerable.Range(0, features).Select(f =>
            tensor.Values[Offset(tensor.Shape, port.Axes, b, 0, f, slice)]).ToArray())];
    }

    public static Tensor Write(double[][][] data, IReadOnlyList<Axis> axes)
    {
        var tensor = new Tensor(Shape(axes, data.Length, data[0].Length, data[0][0].Length, 1));
        for (var b = 0; b < data.Length; b++)
        {
            for (var t = 0; t < data[b].Length; t++)
            {
                for (var f = 0; f < data[b][t].Length; f++)
                    tensor.Values[Offset(tensor.Shape, axes, b, t, f, 0)] = data[b][t][f];
            }
        }

        return tensor;
    }

    public static Tensor WriteStates(double[][][] slices, IReadOnlyList<Axis> axes)
    {
        var tensor = new Tensor(Shape(axes, slices[0].Length, 1, slices[0][0].Length, slices.Length));
        for (var s = 0; s < slices.Length; s++)
        {
            for (var b = 0; b < slices[s].Length; b++)
            {
                for (var f = 0; f < slices[s][b].Length; f++)
                    tensor.Values[Offset(tensor.Shape, axes, b, 0, f, s)] = slices[s][b][f];
            }
        }

        return tensor;
    }

    private static int[] Shape(IReadOnlyList<Axis> axes, int batch, int steps, int features, int slices) => [.. axes.Select(a => a switch
    {
        Axis.Batch => batch,
        Axis.Time => steps,
        Axis.Feature => features,
        Axis.Slice => slices,
        _ => 1,
    })];

    private static int Offset(int[] shape, IReadOnlyList<Axis> axes, int batch, int step, int feature, int slice)
    {
        var offset = 0;
        for (var i = 0; i < axes.Count; i++)
        {
            offset = (offset * shape[i]) + axes[i] switch
            {
                Axis.Batch => batch,
                Axis.Time => step,
                Axis.Feature => feature,
                Axis.Slice => slice,
                _ => 0,
            };
        }

        return offset;
    }
}
