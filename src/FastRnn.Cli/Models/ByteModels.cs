using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Inference;

namespace FastRnn.Cli.Models;

/// <summary>The byte-level models: some are declared in this program, so that they start at once; all others are compiled when they are
/// asked for.</summary>
internal static class ByteModels
{
    /// <summary>The cells of those that are declared here.</summary>
    public static readonly string[] Declared = ["lstm", "gru", "elman"];

    /// <summary>Does something with a model.</summary>
    /// <param name="spec">What it is made of.</param>
    /// <param name="task">What to do.</param>
    /// <param name="warnings">Receives what the compiler warns of; null to leave it out.</param>
    /// <exception cref="CommandException">It does not compile, or is no language model of bytes.</exception>
    public static TResult Run<TResult>(ByteModelSpec spec, IByteModelTask<TResult> task, TextWriter? warnings = null)
    {
        if (spec.IsDeclaredHere)
        {
            return spec.Cell switch
            {
                "lstm" => task.Run(seed => new LstmBytes(seed)),
                "gru" => task.Run(seed => new GruBytes(seed)),
                _ => task.Run(seed => new ElmanBytes(seed)),
            };
        }

        using var compiled = ByteModelCompiler.Compile(spec, warnings);
        Check(compiled.Info, spec);
        var factory = ByteModelFactory.Of(compiled.Model)!;
        if (spec.Code is { IsDeclaration: true })
            factory.Run(new StreamCheck(spec.Code.Path));
        return factory.Run(task);
    }

    /// <summary>A declaration of the user's may be any model.</summary>
    private static void Check(ModelInfo info, ByteModelSpec spec)
    {
        var problem = (info.Input, info.Loss, info.OutputDomain) switch
        {
            (InputKind.Vector, _, _) => "reads vectors: expected [Embedding] or [OneHot]",
            _ when info.Source is not null => "has an encoder: expected a model of one text",
            _ when info.ConditionSize > 0 => "starts from a vector: expected a model of a text alone",
            (_, not LossKind.SoftmaxCrossEntropy, _) => $"has the loss {info.Loss}: expected [SoftmaxCrossEntropy]",
            (_, _, not TimeDomain.Main) => "has one output a sequence: expected one for each byte",
            _ when info.Vocabulary != ByteVocabulary.Size => Differs("a vocabulary", info.Vocabulary),
            _ when info.OutputSize != ByteVocabulary.Size => Differs("an output", info.OutputSize),
            _ when info.Layers.Any(layer => layer.Wiring.Operation == LayerOperation.Reverse) =>
                $"has a layer that reads backward: {ByteModelRequest.WhyCausal}",
            _ => null,
        };
        if (problem is not null)
            throw CommandException.Failed($"{spec.Code?.Path}: {info.Name} {problem}");

        static string Differs(string what, int size) =>
            FormattableString.Invariant($"has {what} of {size}: a model of bytes has {ByteVocabulary.Size}");
    }

    // What cannot be streamed can be trained and would then write nothing: the runtime knows why.
    private sealed class StreamCheck(string path) : IByteModelTask<bool>
    {
        public bool Run<TModel>(Func<int, TModel> create)
            where TModel : class, IModel<TModel>, ITokenModel
        {
            using var model = TModel.Create(ModelStore<TModel>.Zeros(SimdWidth.Auto));
            try
            {
                using var session = new Session<TModel>(model, new RunOptions { Threads = 1 });
                return true;
            }
            catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
            {
                throw CommandException.Failed($"{path}: {TModel.Info.Name} cannot write byte after byte: {e.Message}");
            }
        }
    }
}
