using FastRnn.CompilerServices;
using FastRnn.Diagnostics;
using FastRnn.Files;
using FastRnn.Inference;
using FastRnn.Training;

namespace FastRnn.Compiler;

/// <summary>A model whose class was compiled in this process: parameters, and what is made of them. It is what an object of a declared
/// class is, without the class: each call is handed on to the generated one, so bits, speed, ranges and exceptions are the same.</summary>
/// <remarks>Any number of sessions on any number of threads may read its parameters; a trainer changes them, and so may the user
/// (<see cref="Edit"/>). As long as the model, or anything that was made of it, is in use, its declaration stays loaded.</remarks>
public abstract class CompiledModel : IDisposable
{
    private protected CompiledModel()
    {
    }

    /// <inheritdoc cref="IModel{TSelf}.Info"/>
    public abstract ModelInfo Info { get; }

    /// <summary>The vector width of its kernels.</summary>
    public abstract SimdWidth Width { get; }

    /// <inheritdoc cref="ModelStore{TModel}.Parameters"/>
    public abstract ReadOnlySpan<float> Parameters { get; }

    /// <inheritdoc cref="ModelStore{TModel}.Parameter(int, string)"/>
    public abstract ReadOnlySpan<float> Parameter(int layer, string name);

    /// <inheritdoc cref="ModelStore{TModel}.Edit()"/>
    public abstract ParameterEdit Edit();

    /// <summary>Writes the parameters as safetensors, under PyTorch's names; the file is replaced as a whole or not at all. The declared
    /// model of the same parts reads it, and the other way round.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Texts to keep with it.</param>
    /// <param name="format">How matrices are stored that kernels multiply, as <see cref="ModelFile.Save"/> says.</param>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    public abstract void Save(
        string path, IReadOnlyDictionary<string, string>? metadata = null, WeightFormat format = WeightFormat.Float32);

    /// <summary>A session for inference: the state of some streams.</summary>
    /// <inheritdoc cref="Session{TModel}(TModel, RunOptions)" path="/param[@name='options']"/>
    /// <inheritdoc cref="Session{TModel}(TModel, RunOptions)" path="/exception"/>
    public abstract CompiledSession CreateSession(RunOptions? options = null);

    /// <summary>A predictor: inference over whole sequences, of one length or of many.</summary>
    /// <inheritdoc cref="Predictor{TModel}(TModel, RunOptions)" path="/param[@name='options']"/>
    /// <inheritdoc cref="Predictor{TModel}(TModel, RunOptions)" path="/exception"/>
    public abstract CompiledPredictor CreatePredictor(RunOptions options);

    /// <summary>A generator: sequences whose outputs are fed back, until END or a cap.</summary>
    /// <inheritdoc cref="SequenceGenerator{TModel}(TModel, RunOptions)" path="/param[@name='options']"/>
    /// <inheritdoc cref="SequenceGenerator{TModel}(TModel, RunOptions)" path="/exception"/>
    public abstract CompiledGenerator CreateGenerator(RunOptions? options = null);

    /// <summary>A trainer, which owns the tape, the gradients and the optimizer's state.</summary>
    /// <inheritdoc cref="Trainer{TModel}(TModel, TrainerOptions)" path="/param[@name='options']"/>
    /// <inheritdoc cref="Trainer{TModel}(TModel, TrainerOptions)" path="/exception"/>
    public abstract CompiledTrainer CreateTrainer(TrainerOptions options);

    /// <summary>An evaluator: the declared loss without training.</summary>
    /// <inheritdoc cref="Evaluator{TModel}(TModel, RunOptions)" path="/param[@name='options']"/>
    /// <inheritdoc cref="Evaluator{TModel}(TModel, RunOptions)" path="/exception"/>
    public abstract CompiledEvaluator CreateEvaluator(RunOptions options);

    /// <summary>Whether the gradients of the kernels are those of the equations, with the parameters that the model has.</summary>
    /// <inheritdoc cref="GradientCheck.Run{TModel}(TModel, GradientCheckOptions)" path="/param[@name='options']"/>
    /// <inheritdoc cref="GradientCheck.Run{TModel}(TModel, GradientCheckOptions)" path="/exception"/>
    public abstract GradientCheckResult CheckGradients(GradientCheckOptions? options = null);

    /// <summary>A state of zeros.</summary>
    /// <inheritdoc cref="SessionState{TModel}(int)" path="/param"/>
    /// <inheritdoc cref="SessionState{TModel}(int)" path="/exception"/>
    public abstract CompiledState CreateState(int batchSize = 1);

    /// <summary>Reads a state that <see cref="CompiledState.Save(string, CompiledModel)"/> wrote.</summary>
    /// <inheritdoc cref="SessionState{TModel}.Load(string, TModel)" path="/param[@name='path']"/>
    /// <inheritdoc cref="SessionState{TModel}.Load(string, TModel)" path="/exception"/>
    public abstract CompiledState LoadState(string path);

    /// <summary>Reads a state that <see cref="CompiledState.Save(Stream, CompiledModel)"/> wrote.</summary>
    /// <inheritdoc cref="SessionState{TModel}.Load(Stream, TModel)" path="/param[@name='stream']"/>
    /// <inheritdoc cref="SessionState{TModel}.Load(Stream, TModel)" path="/exception"/>
    public abstract CompiledState LoadState(Stream stream);

    /// <summary>Hands the object of the generated class to generic code.</summary>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="visitor">What is called with it.</param>
    /// <returns>What the visitor returned.</returns>
    public abstract TResult Accept<TResult>(IModelVisitor<TResult> visitor);

    /// <summary>Nothing new can be made of the model; its memory goes back when the last session, predictor or trainer over it is disposed
    /// of.</summary>
    public abstract void Dispose();
}
