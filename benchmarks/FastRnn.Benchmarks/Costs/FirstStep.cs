using System.Globalization;
using System.Runtime;
using System.Runtime.CompilerServices;

using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Costs;

/// <summary>The life of a child process that <c>costs</c> starts: it does one thing, as a fresh process, and says what it cost.</summary>
internal static class FirstStep
{
    /// <summary>The first word of such a process: <c>first-step MODEL</c> or <c>compile-kernels</c>.</summary>
    public const string Word = "first-step";

    /// <summary>Compiles the kernels of all models.</summary>
    public const string CompileWord = "compile-kernels";

    /// <summary>Whether the words are those of a child; then its work is done.</summary>
    public static bool Handles(string[] args)
    {
        switch (args)
        {
            case [Word, var name]:
                Step(ModelList.All.Single(model => model.Type.Name == name));
                return true;
            case [CompileWord]:
                Compile();
                return true;
            default:
                return false;
        }
    }

    /// <summary>The first step: of training for a whole model, else of a stream. The parent's clock stops when the line arrives.</summary>
    private static void Step(IBenchmarkModel model)
    {
        var whole = model.Vocabulary > 0;
        var workload = Shape(model, whole);
        using var run = model.Create(workload, RandomInput.Create(workload));
        run.Measure(1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{JitInfo.GetCompilationTime().TotalMilliseconds} {JitInfo.GetCompiledMethodCount()}"));
    }

    private static void Compile()
    {
        foreach (var model in ModelList.All)
        {
            var before = JitInfo.GetCompilationTime(currentThread: true);
            foreach (var method in KernelCode.Methods(model))
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }

            var milliseconds = (JitInfo.GetCompilationTime(currentThread: true) - before).TotalMilliseconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Type.Name} {milliseconds}"));
        }
    }

    private static Workload Shape(IBenchmarkModel model, bool whole) => new(
        model.Cell switch { "Gru" => CellKind.Gru, "Elman" => CellKind.Elman, _ => CellKind.Lstm },
        model.InputSize, model.HiddenSize, model.Layers, whole ? 64 : 1, whole ? 32 : 1,
        whole ? WorkKind.WholeTrainingStep : WorkKind.Inference,
        whole ? Environment.ProcessorCount : 1, Vocabulary: model.Vocabulary);
}
