using FastRnn.Files;
using FastRnn.Inference;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Meetings;

/// <summary>Two threads use, edit, train, save and dispose of one model, by objects of their own: what met a change of the parameters is
/// refused, and what was not is of the parameters before or behind it.</summary>
public sealed class ModelMeetingTests : IDisposable
{
    private const int Steps = 12;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(WeightFormat.Float32)]
    [InlineData(WeightFormat.BFloat16)]
    public void In_a_model(WeightFormat weights)
    {
        var file = folder.File("model");
        new Meeting<Shared>(
            () => new(weights),
            shared =>
            {
                shared.Begin();
                File.Delete(file);
            },
            shared => Digest.Of(shared.Model.Parameters),
            ("a session", shared => shared.Stream()),
            ("a new session", shared =>
            {
                using var session = shared.Model.CreateSession(new() { Threads = 1, Weights = weights });
                var y = new float[7];
                session.Step(3, y);
                return Digest.Of(y);
            }
        ),
            ("a predictor", shared => shared.Predict()),
            ("a generator", shared => shared.Generate()),
            ("an edit", shared =>
            {
                using var edit = shared.Model.Edit();
                foreach (ref var parameter in edit.Parameters)
                    parameter *= 1.5f;
                return "edited";
            }
        ),
            ("a step of training", shared => shared.Train()),
            ("Save", shared =>
            {
                shared.Model.Save(file);
                return Digest.OfFile(file);
            }
        ),
            ("Dispose", shared =>
            {
                shared.Model.Dispose();
                return "gone";
            }
        )).Run(seed: 30);
    }

    [Fact]
    public void In_a_file()
    {
        var path = folder.File("shared");
        NormalisedText[] models = [new(seed: 1), new(seed: 2)];
        new Meeting<string>(
            () => path,
            _ => models[0].Save(path),
            _ => Digest.OfFile(path),
            ("Save", _ =>
            {
                models[1].Save(path);
                return "saved";
            }
        ),
            ("Load", _ =>
            {
                using var loaded = NormalisedText.Load(path);
                return Digest.Of(loaded.Parameters);
            }
        ),
            ("ReadMetadata", _ => $"{ModelFile.ReadMetadata(path).Count}")).Run(seed: 31, refuses: false);
    }

    /// <summary>A model, and what is made of it; each thread uses another of these, unless both draw the same.</summary>
    private sealed class Shared(WeightFormat weights)
    {
        private static readonly int[] Tokens = [.. Enumerable.Range(0, Steps).Select(i => i * 5 % 19)];
        private static readonly int[] Labels = [.. Enumerable.Range(0, Steps).Select(i => i * 3 % 7)];
        private Session<NormalisedText>? session;
        private Predictor<NormalisedText>? predictor;
        private SequenceGenerator<NormalisedText>? generator;
        private Trainer<NormalisedText>? trainer;

        public NormalisedText Model { get; private set; } = new(seed: 6);

        /// <summary>Everything anew: what lost its state is not mended.</summary>
        public void Begin()
        {
            session?.Dispose();
            predictor?.Dispose();
            generator?.Dispose();
            trainer?.Dispose();
            Model.Dispose();
            Model = new(seed: 6);
            session = Model.CreateSession(new() { Threads = 1, Weights = weights });
            predictor = Model.CreatePredictor(new() { SequenceLength = Steps, Threads = 2, Weights = weights });
            generator = Model.CreateGenerator();
            trainer = Model.CreateTrainer(new() { SequenceLength = Steps, Optimizer = new Sgd(0.1f), Threads = 1 });
        }

        public string Stream() => Output(y => session!.Run(Tokens, y));

        public string Predict() => Output(y => predictor!.Run(Tokens, y));

        public string Generate()
        {
            generator!.Start(default);
            return Output(y => generator.Step([3], y.AsSpan(0, 7)));
        }

        public string Train() => $"{trainer!.Step(Tokens, Labels)}";

        private static string Output(Action<float[]> call)
        {
            var y = new float[Steps * 7];
            call(y);
            return Digest.Of(y);
        }
    }
}
