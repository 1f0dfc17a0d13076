using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>A state dict of PyTorch: tensors with names and no program, so the model is told by its names and sizes, and whatever they
/// leave open is an assumption.</summary>
internal sealed class StateDictFile : IForeignModel
{
    /// <summary>The name of the output.</summary>
    public const string OutputName = "y";

    private const int MostProblems = 200;

    private readonly StateDict dictionary;
    private readonly StateDictOptions options;
    private readonly IReadOnlyList<TorchModule> modules;
    private readonly List<string> problems;
    private readonly List<string> assumptions;

    /// <summary>Sorts the tensors into modules.</summary>
    public StateDictFile(StateDict dictionary, StateDictOptions options)
    {
        (this.dictionary, this.options) = (dictionary, options);
        problems = [.. dictionary.Problems];
        assumptions = [.. dictionary.Ignored.Take(MostProblems)];
        if (options.Nonlinearity is not ("tanh" or "relu"))
            problems.Add($"nonlinearity '{options.Nonlinearity}': expected tanh or relu");
        if (options.OutputActivation is not null && TorchOutput.Find(options.OutputActivation) is null)
            problems.Add($"output activation '{options.OutputActivation}': expected one of {TorchOutput.Names}");
        if (dictionary.Problems.Count == 0)
        {
            var sorted = TorchNames.Sort(dictionary.Tensors, problems);
            modules = TorchChain.Order(sorted, dictionary.KeepsOrder, options.Tokens, problems, assumptions);
        }
        else
        {
            modules = [];
        }
    }

    /// <inheritdoc/>
    public string Origin => dictionary.Origin;

    /// <inheritdoc/>
    public IReadOnlyList<TestVector> TestVectors => [];

    /// <inheritdoc/>
    public IReadOnlyList<FileTensor> Tensors => dictionary.Tensors;

    /// <summary>The modules in their order; which they are if there are no problems.</summary>
    public IReadOnlyList<TorchModule> Modules => modules;

    private string InputName => modules[0] is TorchEmbedding ? "tokens" : "x";

    /// <summary>Opens a file of <c>torch.save</c>, of safetensors or of TorchSharp; its first bytes tell which.</summary>
    /// <exception cref="ForeignFileException">It is none of them, or it is damaged.</exception>
    public static StateDictFile Open(string path, StateDictOptions options)
    {
        var first = FileDoor.FirstBytes(path);
        if (TorchArchive.IsMatch(first))
            return new StateDictFile(FileDoor.Read(path, bytes => TorchArchive.Read(path, bytes, options.Dictionary)), options);
        if (first is [0x80, >= 2 and <= 5, ..])
        {
            throw new ForeignFileException(
                $"{path}: this is a bare pickle, as torch.save wrote before PyTorch 1.6; load it there and save it again");
        }

        if (SafeTensorsFile.IsMatch(first))
            return new StateDictFile(SafeTensorsFile.Read(path), options);
        try
        {
            return new StateDictFile(DatFile.Read(path, FileDoor.ReadAll(path)), options);
        }
        catch (ForeignFileException e)
        {
            throw new ForeignFileException(
                $"{e.Message} (it begins neither as an archive of torch.save nor as safetensors, so it was read as TorchSharp's .dat)", e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (problems.Count > 0)
            throw new ForeignFileException($"it cannot be run: {string.Join("; ", problems.Take(10))}");
        if (inputs.Count != 1 || !inputs.TryGetValue(InputName, out var input))
            throw new ForeignFileException($"expected one input '{InputName}', got {string.Join(", ", inputs.Keys.Select(n => $"'{n}'"))}");
        return new Dictionary<string, Tensor> { [OutputName] = TorchRun.Run(modules, options, input) };
    }

    /// <inheritdoc/>
    public Network? Understand(Findings findings)
    {
        foreach (var problem in problems.Take(MostProblems))
            findings.Problem(problem);
        if (problems.Count > MostProblems)
            findings.Problem($"and {problems.Count - MostProblems} problems more");
        foreach (var assumption in assumptions)
            findings.Assume(assumption);
        if (findings.Problems.Count > 0)
            return null;

        Assume(findings);
        var nonlinearity = options.Nonlinearity == "relu" ? FunctionUse.Relu : FunctionUse.Tanh;
        List<NetworkLayer> layers = [.. modules.Select(module => TorchNetwork.Layer(module, nonlinearity, findings))];
        if (options.LastStep)
            layers.Insert(layers.FindLastIndex(layer => layer is RecurrentLayer) + 1, new PoolLayer("last step", Pooling.Last));
        if (options.OutputActivation is not null)
            layers.Add(TorchOutput.Find(options.OutputActivation)!);
        return new Network(layers, modules[0].InputSize, Signature());
    }

    private Signature Signature()
    {
        Axis[] steps = options.BatchFirst ? [Axis.Batch, Axis.Time] : [Axis.Time, Axis.Batch];
        var isTokens = modules[0] is TorchEmbedding;
        return new Signature(
            new TensorPort(InputName, isTokens ? steps : [.. steps, Axis.Feature]),
            new TensorPort(OutputName, options.LastStep ? [Axis.Batch, Axis.Feature] : [.. steps, Axis.Feature]));
    }

    private void Assume(Findings findings)
    {
        findings.Assume($"a state dict holds no program: batch first is {(options.BatchFirst ? "true" : "false")}");
        findings.Assume(options.LastStep
            ? "behind the recurrent layers the last step alone is read: h_n, of each direction its own last step"
            : "all steps are put out, not the last one alone");
        if (modules.Any(m => m is TorchRecurrent { Kind: RecurrentKind.Rnn }))
            findings.Assume($"plain recurrent layers have the nonlinearity {options.Nonlinearity}");
        var linears = modules.OfType<TorchLinear>().Select(m => m.Title).ToList();
        if (linears.Count > 0)
        {
            findings.Assume(options.OutputActivation is null
                ? $"there is no function behind {string.Join(", ", linears)}"
                : $"there is {options.OutputActivation} behind the last layer"
                    + (linears.Count > 1 ? $", and no function between {string.Join(", ", linears)}" : ""));
        }

        findings.Assume("sequences begin with states of zero");
    }
}
