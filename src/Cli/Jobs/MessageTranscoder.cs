using System.Text;
using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Messages, binary or as one line of text.</summary>
/// <param name="options">What the command line asks for.</param>
/// <param name="session">Has the codec.</param>
/// <param name="dictionary">The dictionary, or null.</param>
internal sealed class MessageTranscoder(
    CommandLineOptions options, CodecSession session, NacrithDictionary? dictionary) : ITranscoder
{
    /// <summary>
    /// A message is hardly longer than its content, and its text form a third longer; rewrapped text has white space too.
    /// </summary>
    private const int InputPerContent = 2;

    private const int InputAllowance = 1024;

    private readonly MessageOptions _settings = new()
    {
        Level = options.Level,
        CheckLength = options.CheckLength ?? MessageCheck.DefaultLength,
        Dictionary = dictionary,
    };

    public void Compress(
        Stream content, long? length, bool isPart, Stream output, IFrameObserver? observer, IProgress<CodecProgress>? progress,
        CancellationToken cancel)
    {
        var limit = _settings.MaxContent;
        var bytes = ReadUpTo(content, limit) ?? throw new FileException(
            $"is longer than a message, which has at most {limit} bytes; leave out --message to make an archive");
        var message = session.Open().CompressMessage(bytes, _settings, cancel);
        output.Write(options.Armor ? Encoding.ASCII.GetBytes(Armor.EncodeMessage(message) + "\n") : message);
        progress?.Report(new CodecProgress(bytes.Length, message.Length, 0));
    }

    public void Decompress(
        Stream input, Stream output, DecompressOptions options, IProgress<CodecProgress>? progress,
        CancellationToken cancel)
    {
        var limit = options.MaxOutput == long.MaxValue
            ? _settings.MaxContent
            : (int)Math.Min(options.MaxOutput, FormatConstants.MaxFrameOriginalLength);
        var message = ReadUpTo(input, ((long)InputPerContent * limit) + InputAllowance) ?? throw new LimitExceededException(
            $"The message holds more than {limit} bytes of content, or is none; --max-output changes the limit.");
        var content = Decode(message, _settings with { MaxContent = limit }, cancel);
        output.Write(content);
        progress?.Report(new CodecProgress(message.Length, content.Length, 0));
    }

    /// <summary>
    /// Decodes a message in either form. One of 150,000 binary messages of ten bytes looks like text, so what does is
    /// read as text first, and as bytes if that fails. Without a check nothing tells which is right: then -a must.
    /// </summary>
    private byte[] Decode(byte[] message, MessageOptions settings, CancellationToken cancel)
    {
        if (options.Armor)
        {
            return Restore(Armor.DecodeMessage(message), settings, cancel);
        }

        if (settings.CheckLength == 0 || !MessageText.MayBe(message))
        {
            return Restore(message, settings, cancel);
        }

        try
        {
            return Restore(Armor.DecodeMessage(message), settings, cancel);
        }
        catch (NacrithException asText) when (asText is not EnvironmentException)
        {
            try
            {
                return Restore(message, settings, cancel);
            }
            catch (NacrithException asBytes) when (asBytes is not EnvironmentException)
            {
                throw asText;
            }
        }
    }

    private byte[] Restore(byte[] message, MessageOptions settings, CancellationToken cancel)
    {
        try
        {
            return session.Open().DecompressMessage(message, settings, cancel);
        }
        catch (DictionaryMismatchException exception) when (dictionary is null)
        {
            throw DictionaryFile.Missing(exception);
        }
        catch (NacrithException exception) when (dictionary is not null && IsSuspect(exception))
        {
            // A message does not say which dictionary it needs, so both sides must compare what they have.
            throw new DictionaryMismatchException(
                $"{exception.Message.TrimEnd('.')}; SHA-256 of the dictionary given is {dictionary.Sha256}.", exception);
        }
    }

    /// <summary>Whether another dictionary may be the reason.</summary>
    private static bool IsSuspect(NacrithException exception) =>
        exception is CorruptArchiveException or ChecksumException;

    /// <summary>All of a stream, or null if it has more bytes than allowed.</summary>
    private static byte[]? ReadUpTo(Stream input, long limit)
    {
        using var content = new MemoryStream();
        var piece = new byte[1 << 16];
        for (int read; content.Length <= limit && (read = input.Read(piece)) > 0;)
        {
            content.Write(piece, 0, read);
        }

        return content.Length <= limit ? content.ToArray() : null;
    }
}
