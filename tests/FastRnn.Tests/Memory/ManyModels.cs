using System.Globalization;

using FastRnn.Tests.Models;
using FastRnn.Tests.Processes;
using FastRnn.Training;

namespace FastRnn.Tests.Memory;

/// <summary>Models of nine megabytes that are trained and dropped, and never disposed of. Writes the most memory that the process
/// had.</summary>
internal sealed class ManyModels : IProgram
{
    private const int Models = 30;

    public void Run()
    {
        var most = 0L;
        for (var i = 0; i < Models; i++)
        {
            Train();
            most = Math.Max(most, Environment.WorkingSet);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{most}"));
    }

    private static void Train()
    {
        var model = new NineMegabytes(seed: 1);
        var trainer = model.CreateTrainer(new() { SequenceLength = 1, Optimizer = new Sgd(0.01f), Threads = 1 });
        trainer.Step(new float[NineMegabytes.Size], new float[NineMegabytes.Size]);
    }
}
