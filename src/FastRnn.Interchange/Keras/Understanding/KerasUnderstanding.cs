using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Weights;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Keras.Understanding;

/// <summary>Says what network a model is: walks its chain and notes what of it is not understood.</summary>
internal sealed class KerasUnderstanding
{
    private readonly KerasModel model;
    private readonly KerasWeights weights;
    private readonly Findings findings;
    private readonly FunctionReading functions;
    private readonly RecurrentReading recurrent;
    private readonly MaskReading masks;
    private readonly List<NetworkLayer> layers = [];
    private KerasInput input = new(null, null, 0, 0);
    private int inputSize;
    private int size;
    private bool isPooled;
    private bool isReversed;
    private bool holdsOutput = true;
    private string? softmax;

    private KerasUnderstanding(KerasModel model, KerasWeights weights, Findings findings)
    {
        (this.model, this.weights, this.findings) = (model, weights, findings);
        functions = new FunctionReading(model.Version, findings);
        recurrent = new RecurrentReading(weights, functions, findings);
        masks = new MaskReading(model, findings);
    }

    /// <summary>The network; null if there is any problem.</summary>
    public static Network? Read(KerasModel model, KerasWeights weights, Findings findings)
    {
        var before = findings.Problems.Count;
        var network = new KerasUnderstanding(model, weights, findings).Read();
        return findings.Problems.Count == before ? network : null;
    }

    private Network Read()
    {
        foreach (var problem in model.Problems.Concat(weights.Problems))
            findings.Problem(problem);
        foreach (var assumption in model.Assumptions.Concat(weights.Assumptions))
            findings.Assume(assumption);
        foreach (var layer in model.Chain.Count > 0 ? model.Chain : model.Layers)
            KerasOptions.Check(layer, findings);
        if (model.Chain.Count > 0)
        {
            input = KerasInput.Read(model.Chain[0], findings);
            inputSize = size = input.Size;
            foreach (var layer in model.Chain)
                Add(layer);
            if (!layers.OfType<RecurrentLayer>().Any())
                findings.Problem($"model '{model.Name}': no recurrent layer is understood");
        }

        return new Network(layers, layers is [EmbeddingLayer, ..] ? 0 : inputSize, Signature());
    }

    private Signature Signature()
    {
        var isToken = layers is [EmbeddingLayer, ..];
        if (input.Rank == 2 && !isToken)
            findings.Problem($"model '{model.Name}': its input [batch, size] has no steps, and its first layer is no Embedding");
        if (input.Rank == 3 && isToken)
            findings.Problem($"model '{model.Name}': its first layer is an Embedding, but its input has three dimensions");

        // Keras' tensors have no names that all formats keep: they are called by their numbers.
        return new Signature(
            new TensorPort("0", isToken ? [Axis.Batch, Axis.Time] : [Axis.Batch, Axis.Time, Axis.Feature]),
            new TensorPort("0", isPooled ? [Axis.Batch, Axis.Feature] : [Axis.Batch, Axis.Time, Axis.Feature]))
        {
            MaskToken = masks.Token,
            MaskValue = masks.Value,
            HoldsOutput = holdsOutput,
            OutputReversed = isReversed && !isPooled,
            Steps = input.Steps,
            Batch = input.Batch,
        };
    }

    private void Add(KerasLayer layer)
    {
        switch (layer.Kind)
        {
            case KerasKind.Embedding:
                AddEmbedding(layer);
                break;
            case KerasKind.Masking:
                masks.Add(layer, isFirst: layers.Count == 0);
                break;
            case KerasKind.Lstm or KerasKind.Gru or KerasKind.SimpleRnn or KerasKind.Bidirectional:
                AddRecurrent(layer);
                break;
            case KerasKind.Dense:
                AddDense(layer, layer);
                break;
            case KerasKind.TimeDistributed:
                AddDistributed(layer);
                break;
            case KerasKind.AveragePooling or KerasKind.MaxPooling:
                AddPooling(layer);
                break;
            case KerasKind.Rescaling:
                AddScale(layer);
                break;
            case KerasKind.Softmax:
                AddSoftmaxLayer(layer);
                break;
            case KerasKind.Activation or KerasKind.Relu or KerasKind.LeakyRelu or KerasKind.Elu or KerasKind.ThresholdedRelu:
                if (!TryAddSoftmax(layer, layer))
                    AddFunction(layer);
                break;
        }
    }

    private void AddEmbedding(KerasLayer layer)
    {
        if (layers.Count > 0)
            findings.Problem($"{layer.Where} is not the first layer; tokens are looked up in the input only");
        masks.Add(layer, isFirst: true);
        if (weights.Of(layer) is not { } tensors)
            return;
        findings.Use(tensors.Kernel, $"table of {layer.Where}");
        size = (int)tensors.Kernel.Shape[1];
        Append(layer, new EmbeddingLayer(layer.Name, WeightView.Matrix(tensors.Kernel, 0, tensors.InputSize, size)));
    }

    private void AddRecurrent(KerasLayer layer)
    {
        if (isPooled)
            findings.Problem($"{layer.Where} reads one vector of each sequence; it needs steps (return_sequences of the layer before)");
        masks.Recurrent(layer);

        // Keras turns the order of the steps with go_backwards and leaves it so: whoever reads them from the end reads forward again.
        var isBoth = layer.Kind == KerasKind.Bidirectional;
        if (isBoth && isReversed)
            findings.Problem($"{layer.Where} reads steps in the opposite order of the input's: its directions would change places");
        var backward = !isBoth && layer.GoesBackwards != isReversed;
        var read = isBoth ? recurrent.ReadBoth(layer) : recurrent.Read(layer, backward);
        if (read is null)
            return;

        CheckSize(layer, read.InputSize);
        size = read.OutputSize;
        Append(layer, read);
        isReversed = backward;
        holdsOutput = !layer.ZerosMasked;
        if (!layer.Parts[0].ReturnsSequences)
        {
            isPooled = true;
            layers.Add(new PoolLayer(layer.Name, Pooling.Last));
        }
    }

    private void AddDense(KerasLayer layer, KerasLayer named)
    {
        if (weights.Of(layer) is not { } tensors)
            return;
        CheckSize(named, tensors.InputSize);
        size = layer.Count("units");
        findings.Use(tensors.Kernel, $"weight of {named.Where}");
        if (tensors.Bias is not null)
            findings.Use(tensors.Bias, $"bias of {named.Where}");

        var isSoftmax = layer.Function("activation") is "softmax" or "log_softmax";
        Append(named, new DenseLayer(
            named.Name,
            WeightView.Transposed(tensors.Kernel, 0, size, tensors.InputSize, size),
            tensors.Bias is null ? [] : [WeightView.Vector(tensors.Bias, 0, size)],
            isSoftmax ? FunctionUse.Identity : functions.Read(layer, "activation")));
        TryAddSoftmax(layer, named);
    }

    private void AddDistributed(KerasLayer layer)
    {
        if (layer.Inner[0].Kind != KerasKind.Dense)
            findings.Problem($"{layer.Where} wraps {layer.Inner[0].Where}; only Dense is known there");
        else
            AddDense(layer.Inner[0], layer);
        if (isPooled)
            findings.Problem($"{layer.Where} reads one vector of each sequence; it needs steps");
        masks.Distributed();
    }

    private void AddPooling(KerasLayer layer)
    {
        if (isPooled || layer.Flag("keepdims", false) || layer.Text("data_format") == "channels_first")
            findings.Problem($"{layer.Where}: expected to pool steps [B, T, F] to [B, F]; keepdims and channels_first are not understood");
        masks.Pooling(layer);
        isPooled = true;
        Append(layer, new PoolLayer(layer.Name, layer.Kind == KerasKind.MaxPooling ? Pooling.Max : Pooling.Mean));
    }

    private void AddScale(KerasLayer layer)
    {
        if (!layer.IsNumber("scale") || !layer.IsNumber("offset") || layer.Number("offset", 0) != 0)
            findings.Problem($"{layer.Where}: only one number as scale, and no offset, are understood");
        else
            Append(layer, new ScaleLayer(layer.Name, layer.Number("scale", 1)));
    }

    private void AddFunction(KerasLayer layer)
    {
        var function = functions.Read(layer);
        if (function != FunctionUse.Identity)
            Append(layer, new FunctionLayer(layer.Name, function));
    }

    private void AddSoftmaxLayer(KerasLayer layer)
    {
        var axis = layer.IsNumber("axis") ? layer.Number("axis", -1) : 0;
        if (axis != -1 && axis != (isPooled ? 1 : 2))
            findings.Problem($"{layer.Where}: expected the last axis, got axis {layer.Option("axis")}");
        masks.Softmax(layer);
        Append(layer, new SoftmaxLayer(layer.Name, IsLog: false));
        softmax = layer.Where;
    }

    private bool TryAddSoftmax(KerasLayer layer, KerasLayer named)
    {
        if (layer.Kind is not (KerasKind.Activation or KerasKind.Dense) || layer.Function("activation") is not ("softmax" or "log_softmax"))
            return false;
        Append(named, new SoftmaxLayer(named.Name, layer.Function("activation") == "log_softmax"));
        softmax = named.Where;
        return true;
    }

    private void Append(KerasLayer layer, NetworkLayer understood)
    {
        if (softmax is not null)
            findings.Problem($"{layer.Where} reads the softmax of {softmax}; a softmax is understood only at the end");
        layers.Add(understood);
    }

    private void CheckSize(KerasLayer layer, int expected)
    {
        if (size == 0)
            inputSize = size = expected;
        if (size != expected)
            findings.Problem($"{layer.Where}: its kernel reads {expected} numbers, but the layer before puts out {size}");
    }
}
