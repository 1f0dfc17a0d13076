using System.Security.Cryptography;

using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Declarations;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange;

/// <summary>A network of another tool that was read and understood: of ONNX, Keras, PyTorch, TorchSharp, RTNeural, AIDA-X, Proteus or
/// NeuralAmpModeler.</summary>
public sealed class ForeignNetwork
{
    private readonly string path;
    private readonly Findings findings;

    private ForeignNetwork(string path, IForeignModel file, Network network, Findings findings) =>
        (this.path, File, Network, this.findings) = (path, file, network, findings);

    // The model of the caller's own that the file fills; its biases may be more than the file has.
    private ModelInfo? Declared { get; init; }

    /// <summary>The format, its version and the program that wrote the file.</summary>
    public string Origin => File.Origin;

    /// <summary>What it is, from input to output, a line each.</summary>
    public IReadOnlyList<string> Description => NetworkText.Lines(Network);

    /// <summary>What the file leaves open, and how it was read.</summary>
    public IReadOnlyList<string> Assumptions => findings.Assumptions;

    /// <summary>For how many samples a second (Hz) an audio model was made: a stream of another rate has to be converted before it and
    /// back behind it. Null if the file does not say, or is of something else.</summary>
    public double? SampleRate => Network.Signature.SampleRate;

    internal IForeignModel File { get; }

    internal Network Network { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What a file of weights alone leaves open.</param>
    /// <exception cref="ForeignFileException">It cannot be read, is damaged or of no known format; or something in it is not understood:
    /// then the message lists all of that.</exception>
    public static ForeignNetwork Open(string path, ImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            options ??= new();
            return Of(path, ForeignFile.Open(path, options), options.Declared);
        }
        catch (ForeignFileException e)
        {
            throw e.Of(path);
        }
    }

    /// <summary>Understands a file that was opened.</summary>
    internal static ForeignNetwork Of(string path, IForeignModel file, ModelInfo? declared = null)
    {
        var findings = new Findings();
        if (file.Understand(findings) is not { } network || findings.Problems.Count > 0)
            throw Refusal(path, file, findings);
        var result = new ForeignNetwork(path, file, WithMaskedOutput(network, file), findings) { Declared = declared };
        // What no declaration can say is told now, with the rest.
        result.Declare("Model", "Imported", weightsFile: null);
        return result;
    }

    /// <summary>The network as C#: the model's class, and cells as equations where none of the library's fits.</summary>
    /// <param name="className">The model's class, a name of C#.</param>
    /// <param name="namespaceName">Its namespace.</param>
    /// <param name="weightsFile">A file of weights that the assembly takes in (<see cref="WeightsAttribute"/>), or null.</param>
    /// <returns>A file of C#. A project that has it and the package FastRnn has the model.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public string Declaration(string className, string namespaceName, string? weightsFile = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(className);
        ArgumentException.ThrowIfNullOrWhiteSpace(namespaceName);
        return Declare(className, namespaceName, weightsFile).Text;
    }

    /// <summary>Puts the file's numbers into a model that was compiled from <see cref="Declaration"/>, or into one of the class that
    /// <see cref="ImportOptions.Declared"/> named: all of its
    /// parameters.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">It has other parameters.</exception>
    /// <exception cref="ForeignFileException">It was declared by hand and has other parameters, all of them named.</exception>
    public void CopyWeights<TModel>(TModel model)
        where TModel : class, IModel<TModel> =>
        Place(new RunnableModel<TModel>(model));

    internal Declaration Declare(string name, string space, string? weightsFile)
    {
        var origin = $"{Path.GetFileName(path)}, {File.Origin}";
        return ModelWriter.Write(Network, new(name, space, weightsFile), origin, findings) ?? throw Refusal(path, File, findings);
    }

    internal void Place(IRunnable model)
    {
        var placements = Declare("Model", "Imported", weightsFile: null).Placements;
        model.Place(Declared is null ? placements : FilledPlacements.Of(placements, model.Info));
    }

    /// <summary>Holds a model against the file.</summary>
    internal Certificate Certify(IRunnable model)
    {
        try
        {
            using var stream = FileDoor.Open(path);
            return new(
                Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(stream)), Origin, Description, Assumptions, findings.Uses,
                Certifier.Compare(File, Network, model))
            {
                SampleRate = SampleRate,
            };
        }
        catch (ForeignFileException e)
        {
            throw e.Of(path);
        }
    }

    // What the layers behind the recurrent ones make of zeros: the file says it itself, for a sequence with nothing but a masked step.
    private static Network WithMaskedOutput(Network network, IForeignModel file)
    {
        var signature = network.Signature;
        if (signature.Lengths is not null)
            return network with { Signature = signature with { MaskedOutput = PaddedOutput(network, file) } };
        if (signature.MaskToken is null && signature.MaskValue is null)
            return network;
        var masked = new Tensor([.. signature.Input.Axes.Select(a => a == Axis.Feature ? network.InputSize : 1)]);
        Array.Fill(masked.Values, signature.MaskToken ?? signature.MaskValue!.Value);
        var output = file.Run(new Dictionary<string, Tensor> { [signature.Input.Name] = masked })[signature.Output.Name];
        // A layer of two directions puts out zeros at masked steps, one of a single direction what it put out before.
        var holds = signature.HoldsOutput && network.Recurrent[^1].Directions.Count == 1;
        return network with { Signature = signature with { MaskedOutput = output.Values, HoldsOutput = holds } };
    }

    // The same for padding: the second step of sequences that end after the first.
    private static double[]? PaddedOutput(Network network, IForeignModel file)
    {
        var signature = network.Signature;
        var (batch, steps) = (signature.Batch ?? 1, signature.Steps ?? 2);
        if (steps < 2 || !signature.Output.Axes.Contains(Axis.Time))
            return null;
        var inputs = TrialInputs.Zeros(network, batch, steps);
        Array.Fill(inputs[signature.Lengths!.Name].Values, 1);
        var output = file.Run(inputs)[signature.Output.Name];
        var axes = PortAxes.Of(signature.Output.Name, signature.Output.Axes, output);
        return [.. Enumerable.Range(0, axes.Size(Axis.Feature)).Select(k => output.Values[axes.Index(0, 1, k)])];
    }

    private static ForeignFileException Refusal(string path, IForeignModel file, Findings findings) =>
        new($"{path}: {file.Origin}: not imported, nothing was written. Not understood:", findings.Problems);
}
