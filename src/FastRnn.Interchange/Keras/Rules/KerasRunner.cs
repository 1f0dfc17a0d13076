using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Weights;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>Runs a model layer by layer as Keras does, in double.</summary>
internal sealed class KerasRunner(KerasModel model, KerasWeights weights)
{
    private readonly bool dropsMasks = model.Version?.DropsMasks ?? false;

    /// <summary>The output for an input.</summary>
    /// <exception cref="ForeignFileException">A layer is not known, has no weights, or does not fit the input.</exception>
    public Tensor Run(Tensor input)
    {
        if (model.Chain.Count == 0)
            throw new ForeignFileException($"model '{model.Name}' cannot be run: {string.Join("; ", model.Problems)}");
        if (input.Rank is not (2 or 3))
            throw new ForeignFileException($"model '{model.Name}': expected tokens [B, T] or vectors [B, T, F], got {input.ShapeText()}");

        var flow = new KerasFlow(new Tensor(input.Shape, [.. input.Values]));
        foreach (var layer in model.Chain)
        {
            if (model.Masked.Contains(layer))
                flow = flow with { Mask = flow.Made };
            flow = Rule(layer)?.Apply(flow) ?? flow;
        }

        return flow.Values;
    }

    private IKerasRule? Rule(KerasLayer layer) => layer.Kind switch
    {
        KerasKind.Input or KerasKind.TrainingOnly => null,
        KerasKind.Embedding => new EmbeddingRule(layer, Tensors(layer)),
        KerasKind.Masking => new MaskingRule(layer),
        KerasKind.Lstm or KerasKind.Gru or KerasKind.SimpleRnn => Recurrent(layer, layer.ZerosMasked),
        KerasKind.Bidirectional => Bidirectional(layer),
        KerasKind.Dense => Dense(layer),
        KerasKind.TimeDistributed when layer.Inner[0].Kind == KerasKind.Dense =>
            new TimeDistributedRule(layer, Dense(layer.Inner[0]), !dropsMasks),
        KerasKind.Softmax => new SoftmaxRule(layer),
        KerasKind.AveragePooling or KerasKind.MaxPooling => new PoolingRule(layer),
        null or KerasKind.TimeDistributed => throw new ForeignFileException($"{layer.Where} is not known"),
        _ => FunctionRule.Of(layer, model.Version),
    };

    private DenseRule Dense(KerasLayer layer) =>
        new(layer, Tensors(layer), KerasFunctions.Find(layer, "activation", model.Version));

    private BidirectionalRule Bidirectional(KerasLayer layer)
    {
        // What it forces on its layers (Keras 2 and 3): 0 at masked steps of sequences, the last real output else.
        var (forward, backward) = (layer.Inner[0], layer.Inner[1]);
        if (forward.GoesBackwards || !backward.GoesBackwards || forward.ReturnsSequences != backward.ReturnsSequences)
            throw new ForeignFileException($"{layer.Where}: expected a forward and a backward layer that return the same");
        return new BidirectionalRule(
            layer, Recurrent(forward, forward.ReturnsSequences), Recurrent(backward, backward.ReturnsSequences));
    }

    private RecurrentRule Recurrent(KerasLayer layer, bool zerosMasked)
    {
        ICellRule cell = layer.Kind switch
        {
            KerasKind.Lstm => new LstmRule(layer, Tensors(layer), model.Version),
            KerasKind.Gru => new GruRule(layer, Tensors(layer), model.Version),
            KerasKind.SimpleRnn => new SimpleRnnRule(layer, Tensors(layer), model.Version),
            _ => throw new ForeignFileException($"{layer.Where} is not known inside of a Bidirectional"),
        };
        if (layer.Flag("return_state", false) || layer.Flag("time_major", false))
            throw new ForeignFileException($"{layer.Where}: return_state and time_major are not run");
        return new RecurrentRule(layer, cell, !dropsMasks) { ZerosMasked = zerosMasked };
    }

    private KerasTensors Tensors(KerasLayer layer) =>
        weights.Of(layer) ?? throw new ForeignFileException($"{layer.Where} has no weights: {string.Join("; ", weights.Problems)}");
}
