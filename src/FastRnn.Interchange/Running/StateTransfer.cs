using FastRnn.Interchange.Declarations;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Running;

/// <summary>Carries states between a file's inputs and outputs and the layers of the generated model.</summary>
internal sealed class StateTransfer
{
    private readonly Signature signature;
    private readonly IRunnable model;
    private readonly SequenceInput input;
    private readonly IReadOnlyList<LayerInfo> recurrent;
    private readonly int[] firstOfLayer;

    public StateTransfer(Signature signature, IRunnable model, SequenceInput input)
    {
        (this.signature, this.model, this.input) = (signature, model, input);
        recurrent = [.. model.Info.Layers.Where(l => l.IsRecurrent)];

        // A layer of two directions is two of the model's layers.
        firstOfLayer = new int[signature.Bidirectional.Count];
        for (var i = 1; i < firstOfLayer.Length; i++)
            firstOfLayer[i] = firstOfLayer[i - 1] + (signature.Bidirectional[i - 1] ? 2 : 1);
    }

    /// <summary>The first states of the whole batch <c>[B, D]</c>, as the inputs give them.</summary>
    public IReadOnlyDictionary<(int Layer, int State), double[]> First(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var states = new Dictionary<(int Layer, int State), double[]>();
        foreach (var port in signature.FirstStates)
        {
            var tensor = inputs.GetValueOrDefault(port.Name) ?? throw new ForeignFileException($"input '{port.Name}' is missing");
            var axes = PortAxes.Of(port.Name, port.Axes, tensor);
            for (var s = 0; s < port.Slices.Count; s++)
            {
                var key = Key(port.Slices[s]);
                var size = recurrent[key.Layer].States[key.State].Size;
                if (axes.Size(Axis.Batch) != input.Batch || axes.Size(Axis.Feature) != size || axes.Size(Axis.Slice) != port.Slices.Count)
                {
                    throw new ForeignFileException(
                        $"'{port.Name}': expected {port.Slices.Count} states of {size} numbers for {input.Batch} sequences, "
                        + $"got {tensor.ShapeText()}");
                }

                var values = new double[input.Batch * size];
                for (var i = 0; i < values.Length; i++)
                    values[i] = Number(port.Name, tensor.Values[axes.Index(i / size, feature: i % size, slice: s)]);
                states[key] = values;
            }
        }

        return states;
    }

    /// <summary>Those of the sequences that are run.</summary>
    public IReadOnlyDictionary<(int Layer, int State), float[]> OfRows(IReadOnlyDictionary<(int Layer, int State), double[]> first) =>
        first.ToDictionary(f => f.Key, f =>
        {
            var size = f.Value.Length / input.Batch;
            return Array.ConvertAll(input.Read!.CompactRows<double>(f.Value, size), v => (float)v);
        });

    /// <summary>An output of states: the last ones of the sequences that were run, the first ones of those without a step.</summary>
    public Tensor Final(
        StatePort port,
        IReadOnlyDictionary<(int Layer, int State), double[]> first,
        IReadOnlyDictionary<(int Layer, int State), float[]> last)
    {
        var size = recurrent[Key(port.Slices[0]).Layer].States[Key(port.Slices[0]).State].Size;
        var axes = PortAxes.Of(port.Axes, axis => axis switch
        {
            Axis.Batch => input.Batch,
            Axis.Feature => size,
            Axis.Slice => port.Slices.Count,
            _ => 1,
        });
        var result = new Tensor(axes.Shape);
        for (var s = 0; s < port.Slices.Count; s++)
        {
            var key = Key(port.Slices[s]);
            for (var i = 0; i < input.Batch * size; i++)
            {
                result.Values[axes.Index(i / size, feature: i % size, slice: s)] =
                    first.TryGetValue(key, out var given) ? given[i] : Declared(key, i % size);
            }

            for (var row = 0; row < input.Sequences.Length; row++)
            {
                for (var k = 0; k < size; k++)
                    result.Values[axes.Index(input.Sequences[row], feature: k, slice: s)] = last[key][(row * size) + k];
            }
        }

        return result;
    }

    // What the model itself begins with: zeros, or a constant of the file.
    private float Declared((int Layer, int State) key, int index)
    {
        var layer = recurrent[key.Layer];
        var start = layer.Parameters.FirstOrDefault(p => p.Name == CellFields.Initial(isCell: key.State == 1));
        return start is null ? 0 : model.Parameters[layer.ParameterOffset + start.Offset + index];
    }

    private static double Number(string name, double value) => float.IsFinite((float)value)
        ? value
        : throw new ForeignFileException($"'{name}': expected finite numbers, got {value}");

    private (int Layer, int State) Key(StateSlice slice) => (firstOfLayer[slice.Layer] + (slice.Backward ? 1 : 0), slice.IsCell ? 1 : 0);
}
