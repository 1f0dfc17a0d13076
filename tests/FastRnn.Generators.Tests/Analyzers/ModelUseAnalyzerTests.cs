namespace FastRnn.Generators.Tests.Analyzers;

public class ModelUseAnalyzerTests
{
    [Theory]
    [InlineData("using var session = model.CreateSession(); session.Step([|7|], y);")]
    [InlineData("using var session = model.CreateSession(); session.Run([|tokens|], y);")]
    [InlineData("using var session = model.CreateSession(); session.Step([|[1, 2, 3]|], y);")]
    [InlineData("using var session = letters.CreateSession(); session.Step([|x|], y);")]
    [InlineData("using var trainer = letters.CreateTrainer(new()); trainer.Step(tokens, [|y|]);")]
    [InlineData("using var trainer = model.CreateTrainer(new()); trainer.Step(x, [|tokens|]);")]
    [InlineData("using var trainer = new Interval().CreateTrainer(new()); trainer.Step(x, [|tokens|]);")]
    [InlineData("using var trainer = new Labels().CreateTrainer(new()); trainer.Step(x, [|y|]);")]
    [InlineData("using var trainer = model.CreateTrainer(new()); trainer.Step([|tokens|], y);")]
    [InlineData("using var evaluator = new Evaluator<Letters>(letters, new() { SequenceLength = 2 }); evaluator.LossSum([|x|], tokens);")]
    [InlineData("using var evaluator = model.CreateEvaluator(new()); evaluator.LossSum(x, [|tokens.AsSpan(1)|]);")]
    [InlineData("using var generator = letters.CreateGenerator(); generator.Step([|x|], y);")]
    [InlineData("using var predictor = letters.CreatePredictor(new()); predictor.Run([|x.AsSpan()|], y);")]
    [InlineData("using var predictor = letters.CreatePredictor(new()); predictor.Run([|[1f, 2]|], y);")]
    [InlineData("using var bptt = new Bptt<Letters>(letters, new()); bptt.Forward([|x|], y);")]
    [InlineData("using var bptt = new Bptt<Forecast>(model, new()); bptt.Forward([|tokens|], y);")]
    [InlineData("using var inspector = new Inspector<Forecast>(model, new()); inspector.Forward([|tokens|], y);")]
    [InlineData(
        "using var inspector = new Inspector<Letters>(letters, new()); inspector.Forward(tokens); inspector.BackwardFromLoss([|y|]);")]
    [InlineData("using var inspector = new Inspector<Forecast>(model, new()); inspector.Forward(x); inspector.Explain([|tokens|]);")]
    [InlineData("using var session = new Several().CreateSession(); session.Step([|x|], y);")]
    [InlineData("using var session = new Several().CreateSession(); session.Run([|tokens|], y);")]
    [InlineData("using var predictor = new Several().CreatePredictor(new()); predictor.Run([|x|], y);")]
    public Task The_other_kind_is_a_warning(string statements) => UseCase.Finds("FRNN083", statements);

    [Theory]
    [InlineData("[|new Both().CreateSession()|]")]
    [InlineData("[|new Session<Both>(new Both(), new() { BatchSize = 2 })|]")]
    [InlineData("[|new BothPooled().CreateSession()|]")]
    [InlineData("[|new FromTheEnd().CreateSession()|]")]
    [InlineData("[|new FromTheEnd().CreateGenerator()|]")]
    [InlineData("[|new Averaged().CreateSession(new() { BatchSize = 2 })|]")]
    [InlineData("[|new Session<Averaged>(new Averaged())|]")]
    [InlineData("[|new Started().CreateSession()|]")]
    [InlineData("[|new Session<Started>(new Started(), new() { Threads = 1 })|]")]
    [InlineData("[|new StartedWhole().CreateSession()|]")]
    [InlineData("[|new StartedLast().CreateSession()|]")]
    [InlineData("[|new StartedLast().CreateGenerator()|]")]
    [InlineData("[|new TranslateModel().CreateSession()|]")]
    [InlineData("[|new Session<TranslateModel>(new TranslateModel())|]")]
    [InlineData("[|new Both().CreateGenerator()|]")]
    [InlineData("[|new BothPooled().CreateGenerator()|]")]
    [InlineData("[|new Pooled().CreateGenerator()|]")]
    [InlineData("[|new Averaged().CreateGenerator(new() { BatchSize = 2 })|]")]
    [InlineData("[|new StartedWhole().CreateGenerator()|]")]
    [InlineData("[|new SequenceGenerator<Pooled>(new Pooled())|]")]
    [InlineData("[|new Bare().CreateTrainer(new())|]")]
    [InlineData("[|new Trainer<Bare>(new Bare(), new())|]")]
    [InlineData("[|new Bare().CreateEvaluator(new())|]")]
    [InlineData("[|new Evaluator<Bare>(new Bare(), new() { SequenceLength = 1 })|]")]
    public async Task What_the_model_excludes_is_a_warning_in_the_words_of_the_exception(string expression)
    {
        await UseCase.Finds("FRNN084", $"using var made = {expression};");

        var (atBuild, atRun) = await UseCase.Messages(expression);

        Assert.Equal(atBuild + ".", atRun);
    }

    [Theory]
    [InlineData("using var session = model.CreateSession(); session.Step(x, y);")]
    [InlineData("using var session = letters.CreateSession(); session.Step(3, y); session.Run(tokens, y);")]
    [InlineData("using var trainer = letters.CreateTrainer(new()); trainer.Step(tokens, tokens);")]
    [InlineData("using var trainer = model.CreateTrainer(new()); trainer.Step(x, y);")]
    [InlineData("using var trainer = new Labels().CreateTrainer(new()); trainer.Step(x, tokens);")]
    [InlineData("using var session = new Bare().CreateSession(); session.Step(x, y);")]
    [InlineData("using var session = new Pooled().CreateSession(); session.Step(x, y);")]
    [InlineData(
        "using var generator = new Started().CreateGenerator(); using var other = new TranslateModel().CreateGenerator(new() { "
            + "SourceLength = 5 });")]
    [InlineData(
        "using var predictor = new Both().CreatePredictor(new() { SequenceLength = 5 }); "
            + "using var other = new Bare().CreatePredictor(new() { SequenceLength = 5 });")]
    [InlineData(
        "using var bptt = new Bptt<Both>(new Both(), new()); using var other = new Bptt<TranslateModel>(new TranslateModel(), new());")]
    [InlineData(
        "using var inspector = new Inspector<Both>(new Both(), new()); using var other = new Inspector<Started>(new Started(), new());")]
    [InlineData(
        "using var inspector = new Inspector<Letters>(letters, new()); inspector.Forward(tokens, y); inspector.BackwardFromLoss(tokens);")]
    [InlineData("using var bptt = new Bptt<Bare>(new Bare(), new()); bptt.Forward(x, y); bptt.Forward([1, 2, 3], y); bptt.Backward(y);")]
    [InlineData("using var trainer = new Both().CreateTrainer(new()); using var other = new TranslateModel().CreateTrainer(new());")]
    [InlineData(
        "static void Any<T>(Session<T> session, float[] x, float[] y) where T : class, IModel<T> => session.Step(x, y); Any(field!, x, "
            + "y);")]
    public Task What_fits_is_none(string statements) => UseCase.IsSilent(statements);
}
