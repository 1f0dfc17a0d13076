using System.Diagnostics;

using FastRnn.Files;
using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Tensors;
using FastRnn.Interchange.Tests.Import;

using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>What has to be true of every mutant: it is read, or refused by a message that a user can use; and it takes little
/// memory.</summary>
/// <param name="path">Where the mutant lies.</param>
/// <param name="seed">What it was made of.</param>
internal sealed class MutantCheck(string path, MutantSeed seed)
{
    private const long FreeBytes = 64 << 20;
    private const int LongestMessage = 4_000_000;

    private static readonly string[] WordsOfPrograms =
        ["System.", "Exception", "Object reference", "Index was outside", "Sequence contains", "Nullable object", "requested operation"];

    /// <summary>Whether it was read and understood.</summary>
    public bool IsRead { get; private set; }

    /// <summary>What was allocated in all, which is at least what was ever held.</summary>
    public long Allocated { get; private set; }

    /// <summary>What may be held at a time.</summary>
    public long MostHeld => (4 * (new FileInfo(path).Length + seed.Beside.Sum(b => (long)b.Bytes.Length))) + FreeBytes;

    /// <summary>What it took, on this machine.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>The declaration; null if it was refused.</summary>
    public string? Declaration { get; private set; }

    /// <summary>Reads, understands, writes the declaration, and runs the file by its own rules.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Run()
    {
        var start = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var wrong = Guard(Import, isImport: true);
        if (wrong is null && seed.Inputs is { } inputs)
            wrong = Guard(() => Evaluate(inputs));
        Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Time = Stopwatch.GetElapsedTime(start);
        return wrong;
    }

    /// <summary>Compiles the declaration, places the numbers and compares: all that an import does but writing.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Compile() => Guard(() =>
    {
        using var imported = new Imported(path, seed.Options);
        imported.Certify();
        return null;
    });

    private string? Import()
    {
        var foreign = ForeignNetwork.Open(path, seed.Options);
        Declaration = foreign.Declaration("Network", "Imported");
        IsRead = true;
        if (CSharpSyntaxTree.ParseText(Declaration).GetDiagnostics().FirstOrDefault() is { } error)
            return $"the declaration is not C#: {error}\n{Declaration}";
        if (foreign.Description.Concat(foreign.Assumptions).Any(string.IsNullOrWhiteSpace))
            return "a line without text";

        var inputs = new TrialInputs(foreign.Network).All().First().Inputs;
        var outputs = foreign.File is OnnxFile ? Evaluated(inputs) : foreign.File.Run(inputs);
        return outputs.ContainsKey(foreign.Network.Signature.Output.Name) ? null : "the output is missing";
    }

    private string? Evaluate(IReadOnlyDictionary<string, Tensor> inputs)
    {
        Evaluated(inputs);
        return null;
    }

    // A budget of work instead of a clock: enough for every whole file.
    private IReadOnlyDictionary<string, Tensor> Evaluated(IReadOnlyDictionary<string, Tensor> inputs) =>
        new OnnxEvaluator(OnnxModel.Read(path)).Run(inputs, new EvaluationBudget(1 << 20, 1 << 21));

    private string? Guard(Func<string?> part, bool isImport = false)
    {
        try
        {
            return part();
        }
        catch (ForeignFileException e)
        {
            return Message(e.Message, isImport);
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    // The message speaks of the file, which it names if that was being read, and not of what happened inside of the reader.
    private string? Message(string message, bool isImport) =>
        message.Length > LongestMessage ? $"a message of {message.Length} letters"
            : WordsOfPrograms.Any(word => message.Contains(word, StringComparison.Ordinal))
                ? $"the message speaks of the program: {message}"
            : message.Any(c => TerminalText.Steers(c) && c != '\n') ? $"the message holds characters that steer a terminal: {message}"
            : isImport && !IsRead && !message.Contains(Path.GetFileName(path), StringComparison.Ordinal)
                ? $"the message does not name the file: {message}"
            : null;
}
